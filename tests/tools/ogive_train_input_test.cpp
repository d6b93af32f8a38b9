// SPDX-License-Identifier: MIT
// Bad input of ogive-train: exit code 2, and the place.
#define BOOST_TEST_MODULE tools_ogive_train_input
#include "tools/ogive_train.h"

using ogive::test::Folder;
using ogive::test::idx_bytes;
using ogive::test::ogive_train;
using ogive::test::two_classes;

namespace {

// The one line that a command says when it refuses its input; nothing else may come out, and no file.
std::string refusal(const Folder& folder, const std::vector<std::string>& arguments) {
  const auto before = folder.files();
  const auto outcome = folder.run(ogive_train(arguments));
  BOOST_TEST(outcome.code == 2, outcome.err);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST((folder.files() == before));
  BOOST_TEST(ogive::test::lines(outcome.err).size() == 1u, outcome.err);
  return outcome.err;
}

std::string refused_table(const std::string& text, std::vector<std::string> options = {}) {
  const Folder folder;
  folder.write("a.csv", text);
  options.insert(options.begin(), {"net", "a.csv", "--holdout", "0"});
  return refusal(folder, options);
}

// Weights of a network of two inputs and two outputs.
std::string save_small_weights(const Folder& folder) {
  folder.write("small.csv", two_classes());
  const auto outcome =
      folder.run(ogive_train({"net", "small.csv", "--layers", "2-3-2", "--epochs", "1", "--save", "small.weights", "--quiet"}));
  BOOST_REQUIRE(outcome.code == 0);
  return folder.read("small.weights");
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_missing_number_is_refused_with_line_column_and_remedy) {
  BOOST_TEST(
      refused_table("a,b,label\n0.1,2,0\n0.5,NaN,1\n") ==
      "ogive-train: a.csv:3:5: error: 'NaN' stands for a missing number (column 'b'); a network needs all of them: fill it in "
      "or take the row out\n");
  BOOST_TEST(
      refused_table("a,b,label\n0.1,2,\n").starts_with("ogive-train: a.csv:2:7: error: a number is missing (column 'label')"));
  BOOST_TEST(refused_table("a,b,label\n0.1,inf,0\n").starts_with("ogive-train: a.csv:2:5: error: 'inf' "));
  BOOST_TEST(refused_table("a,b,label\n0.1,x,0\n").starts_with("ogive-train: a.csv:2:5: error: 'x' is not a number"));
}

BOOST_AUTO_TEST_CASE(a_number_beyond_float32_is_refused_and_taken_in_float64) {
  BOOST_TEST(refused_table("a,b,label\n0.1,1e39,0\n") ==
             "ogive-train: a.csv:2:5: error: 1e+39 is beyond the range of float32; use --type float64\n");
  const Folder folder;
  folder.write("a.csv", "a,b,label\n0.1,1e39,0\n0.2,2e38,1\n");
  BOOST_TEST(folder.run(ogive_train({"net", "a.csv", "--holdout", "0", "--epochs", "1", "--type", "float64"})).code == 0);
}

BOOST_AUTO_TEST_CASE(a_row_of_another_length_is_refused_with_its_line) {
  BOOST_TEST(refused_table("a,b,label\n0.1,2,0\n0.5,1\n") ==
             "ogive-train: a.csv:3: error: this row has 2 cells, the row before it (line 2) has 3\n");
}

BOOST_AUTO_TEST_CASE(another_number_of_columns_than_the_network_takes_is_refused) {
  BOOST_TEST(refused_table("a,b,label\n0.1,2,0\n", {"--layers", "4-2"}) ==
             "ogive-train: a.csv:2: error: 3 columns, but the network takes 4 numbers, and a label where there is one\n");
  BOOST_TEST(refused_table("a,b\n0.1,2\n", {"--layers", "2-2"}) ==
             "ogive-train: a.csv: error: there are 2 columns for a network of as many inputs, and no labels\n");
}

BOOST_AUTO_TEST_CASE(a_label_out_of_range_is_refused_with_its_line) {
  const std::string table = "a,b,label\n0.1,2,0\n0.5,1,3\n";
  BOOST_TEST(refused_table(table, {"--layers", "2-3"}) ==
             "ogive-train: a.csv:3: error: 3 is no class: those of a network with 3 outputs are 0 to 2 (column 'label')\n");
  BOOST_TEST(refused_table(table, {"--loss", "bce"}) ==
             "ogive-train: a.csv:3: error: 3 is neither 0 nor 1, which bce with one output takes (column 'label')\n");
  BOOST_TEST(refused_table("a,b,label\n0.1,2,0\n0.5,1,0.5\n") ==
             "ogive-train: a.csv:3: error: 0.5 is no class: they are whole numbers from 0; --loss mse takes any number (column "
             "'label')\n");
  BOOST_TEST(refused_table("a,b,label\n0.1,2,-1\n").starts_with("ogive-train: a.csv:2: error: -1 is no class"));
}

BOOST_AUTO_TEST_CASE(a_truncated_idx_file_is_refused_with_the_byte_where_it_ends) {
  const Folder folder;
  const std::string images = idx_bytes({2, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 7});
  folder.write("a-images-idx3-ubyte", images.substr(0, images.size() - 3));
  folder.write("a-labels-idx1-ubyte", idx_bytes({2}, {0, 1}));
  BOOST_TEST(
      refusal(folder, {"net", "a-images-idx3-ubyte"}) ==
      "ogive-train: a-images-idx3-ubyte: error: byte 21: the file ends here, but 2 x 2 x 2 numbers of type uint8 need 24 bytes: "
      "it is truncated\n");
  folder.write("a-images-idx3-ubyte", images);
  folder.write("a-labels-idx1-ubyte", idx_bytes({2}, {0}));
  BOOST_TEST(refusal(folder, {"net", "a-images-idx3-ubyte"})
                 .starts_with("ogive-train: a-labels-idx1-ubyte: error: byte 9: the file ends here"));
}

BOOST_AUTO_TEST_CASE(labels_that_do_not_go_with_their_images_are_refused) {
  const Folder folder;
  folder.write("a-images-idx3-ubyte", idx_bytes({2, 1, 2}, {0, 1, 2, 3}));
  BOOST_TEST(
      refusal(folder, {"net", "a-images-idx3-ubyte"}) ==
      "ogive-train: error: a-images-idx3-ubyte is an IDX file; name the file with its labels (--labels FILE) (see --help)\n");
  folder.write("labels", idx_bytes({3}, {0, 1, 0}));
  BOOST_TEST(refusal(folder, {"net", "a-images-idx3-ubyte", "--labels", "labels"}) ==
             "ogive-train: labels: error: 3 labels do not go with the 2 items of a-images-idx3-ubyte\n");
  folder.write("labels", idx_bytes({2}, {0, 7}));
  BOOST_TEST(refusal(folder, {"net", "a-images-idx3-ubyte", "--labels", "labels", "--layers", "2-4", "--holdout", "0"}) ==
             "ogive-train: labels: error: label 2: 7 is no class: those of a network with 4 outputs are 0 to 3\n");
}

BOOST_AUTO_TEST_CASE(weights_of_another_network_are_refused) {
  const Folder folder;
  save_small_weights(folder);
  BOOST_TEST(
      refusal(folder, {"net", "small.csv", "--load", "small.weights", "--layers", "2-4-2"})
          .starts_with("ogive-train: small.weights:4: error: these are the weights of another network: layer 1 is 'dense 2 3'"));
  folder.write("wide.csv", "a,b,c,class\n1,2,3,0\n");
  BOOST_TEST(refusal(folder, {"predict", "wide.csv", "--load", "small.weights"}) ==
             "ogive-train: wide.csv:2: error: 4 columns, but the network takes 2 numbers, and a label where there is one\n");
  BOOST_TEST(refusal(folder, {"probe", "wide.csv", "--load", "small.weights"}).starts_with("ogive-train: wide.csv:2: error: "));
}

BOOST_AUTO_TEST_CASE(a_damaged_file_of_weights_is_refused_with_its_line) {
  const Folder folder;
  std::string weights = save_small_weights(folder);
  BOOST_TEST(refusal(folder, {"predict", "small.csv", "--load", "small.csv"})
                 .starts_with("ogive-train: small.csv:1: error: not a file of weights"));
  folder.write("cut.weights", weights.substr(0, weights.size() / 2));
  const std::string cut = refusal(folder, {"predict", "small.csv", "--load", "cut.weights"});
  BOOST_TEST(cut.starts_with("ogive-train: cut.weights:"), cut);
  folder.write("other.weights", weights + "1\n");
  const std::string longer = refusal(folder, {"predict", "small.csv", "--load", "other.weights"});
  BOOST_TEST(longer.starts_with("ogive-train: other.weights:"), longer);
}

BOOST_AUTO_TEST_CASE(a_sample_that_is_not_there_is_wrong_usage) {
  const Folder folder;
  save_small_weights(folder);
  BOOST_TEST(refusal(folder, {"probe", "small.csv", "--load", "small.weights", "--sample", "13"}) ==
             "ogive-train: error: --sample: there are 12 samples in small.csv, and no 13 (see --help)\n");
  BOOST_TEST(refusal(folder, {"probe", "small.csv", "--load", "small.weights", "--layer", "3"}) ==
             "ogive-train: error: --layer: the network has 2 layers of neurons, and no 3 (see --help)\n");
}

BOOST_AUTO_TEST_CASE(a_bump_of_one_column_or_of_words_is_refused) {
  const Folder folder;
  folder.write("one.csv", "x\n1\n2\n");
  BOOST_TEST(refusal(folder, {"bump", "one.csv"}).starts_with("ogive-train: one.csv: error: the table has one column"));
  folder.write("words.csv", "x,y\n1,2\n2,two\n");
  BOOST_TEST(refusal(folder, {"bump", "words.csv"}).starts_with("ogive-train: words.csv:3:3: error: 'two' is not a number"));
  folder.write("empty.csv", "x,y\n1,\n,2\n");
  BOOST_TEST(refusal(folder, {"bump", "empty.csv"}) == "ogive-train: empty.csv: error: no row has both x and y\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_exit_code_3) {
  const auto outcome = Folder().run(ogive_train({"net", "missing.csv"}));
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(outcome.err == "ogive-train: missing.csv: error: No such file or directory\n");
}
