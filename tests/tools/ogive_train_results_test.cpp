// SPDX-License-Identifier: MIT
// What ogive-train finds and writes, as a user sees it.
#define BOOST_TEST_MODULE tools_ogive_train_results
#include <cmath>

#include "tools/ogive_train.h"

using ogive::test::Folder;
using ogive::test::good_output;
using ogive::test::idx_bytes;
using ogive::test::lines;
using ogive::test::objects;
using ogive::test::ogive_train;
using ogive::test::two_classes;

namespace {

// Claims of the guide.
constexpr double adam_error = 1e-2;       // of a learned width
constexpr double lm_relative = 1e-14;     // likewise, by Levenberg-Marquardt
constexpr double digits_accuracy = 0.92;  // on the last quarter of the digits
constexpr double gradient_error = 1e-12;  // relative, against automatic differentiation

}  // namespace

BOOST_AUTO_TEST_CASE(a_width_is_found_again_by_every_method) {
  const Folder folder;
  for (const std::string method : {"lm", "closed"}) {
    const auto fit = objects(good_output(folder, {"bump", "--true-sigma", "2.5", "--optimizer", method, "--format", "json"})).at(0);
    BOOST_TEST(fit["status"] == "ok");
    BOOST_TEST(fit["truth"]["sigma"] == 2.5);
    BOOST_TEST(std::fabs(fit["parameters"]["sigma"].get<double>() / 2.5 - 1) <= lm_relative, method);
  }
  for (const std::string type : {"float32", "float64"}) {
    const auto fit = objects(good_output(folder, {"bump", "--true-sigma", "0.5", "--optimizer", "adam", "--type", type, "--epochs",
                                                  "3", "--format", "json"}))
                         .at(0);
    BOOST_TEST(std::fabs(fit["parameters"]["sigma"].get<double>() - 0.5) <= adam_error, type);
    BOOST_TEST(fit["loss"].size() == 3u);
    BOOST_TEST(fit["steps"] == 9375);
  }
}

BOOST_AUTO_TEST_CASE(a_sweep_ends_in_a_summary) {
  const Folder folder;
  const auto outcome = folder.run(ogive_train({"bump-sweep", "--sigma", "0.1:0.5:0.1", "--samples", "2000", "--optimizer", "adam",
                                               "--epochs", "100", "--range", "-2:2", "--format", "json"}));
  BOOST_TEST(outcome.code == 0, outcome.err);
  BOOST_TEST(outcome.err.find("5 of 5 within 0.01 of the truth") != std::string::npos, outcome.err);
  const auto rows = objects(outcome.out);
  BOOST_REQUIRE(rows.size() == 5u);
  BOOST_TEST(rows[2]["truth"] == 0.3);  // and not 0.30000000000000004
  for (const auto& row : rows) BOOST_TEST(std::fabs(row["error"].get<double>()) <= adam_error);
}

BOOST_AUTO_TEST_CASE(a_start_beside_the_data_has_a_status_of_its_own_or_is_rescued) {
  const Folder folder;
  const std::vector<std::string> arguments = {"bump",   "--form",    "canonical", "--start", "1,50",
                                              "--free", "sigma,c,a", "--format",  "json"};
  const auto rescued = objects(good_output(folder, arguments)).at(0);
  BOOST_TEST(rescued["status"] == "ok");
  BOOST_TEST(rescued["rescued"] == true);
  BOOST_TEST(rescued["first_status"] == "dead-support");
  auto alone = arguments;
  alone.emplace_back("--no-rescue");
  const auto outcome = folder.run(ogive_train(alone));
  BOOST_TEST(outcome.code == 1);
  BOOST_TEST(outcome.err.starts_with("ogive-train: note: dead-support: "), outcome.err);
  const auto dead = objects(outcome.out).at(0);
  BOOST_TEST(dead["status"] == "dead-support");
  BOOST_TEST(dead["active_at_start"] == 0);
}

BOOST_AUTO_TEST_CASE(a_table_of_x_and_y_is_fitted_with_missing_points_counted) {
  const Folder folder;
  std::string table = "name,y,x\n";
  for (int i = -20; i <= 20; ++i) {
    const double x = i / 10.0, u = (x - 0.25) / 1.5;
    const double y = std::fabs(u) < 1 ? 2 * std::exp(1 - 1 / (1 - u * u)) : 0;
    table += "p," + std::to_string(y) + ',' + std::to_string(x) + '\n';
  }
  folder.write("a.csv", table + "p,,3\n");
  const auto outcome = folder.run(ogive_train({"bump", "a.csv", "--x", "x", "--y", "y", "--format", "json"}));
  BOOST_TEST(outcome.code == 0, outcome.err);
  BOOST_TEST(outcome.err == "ogive-train: note: 1 point with missing values left out\n");
  const auto fit = objects(outcome.out).at(0);
  constexpr double of_six_digits = 1e-5;  // as many as the table has
  BOOST_TEST(std::fabs(fit["parameters"]["sigma"].get<double>() - 1.5) < of_six_digits);
  BOOST_TEST(std::fabs(fit["parameters"]["c"].get<double>() - 0.25) < of_six_digits);
  BOOST_TEST(std::fabs(fit["parameters"]["a"].get<double>() - 2) < of_six_digits);
  BOOST_TEST(fit["missing"] == 1);
  BOOST_TEST(!fit.contains("truth"));
}

BOOST_AUTO_TEST_CASE(bumps_and_trainings_are_drawn) {
  const Folder folder;
  good_output(folder, {"bump", "--samples", "500", "--plot", "bump.svg"});
  BOOST_TEST(folder.read("bump.svg").find("</svg>") != std::string::npos);
  good_output(folder, {"net", "--epochs", "3", "--plot", "net.svg"});
  BOOST_TEST(folder.read("net.svg").find("held out") != std::string::npos);
  BOOST_TEST(good_output(folder, {"bump", "--samples", "500", "--plot", "-"}).find("loss") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(eval_gives_every_digit_of_both_types) {
  const Folder folder;
  const auto at = objects(good_output(folder, {"eval", "--a", "3", "--c", "0.1", "--sigma", "2", "0.9", "7", "--format", "json"}));
  BOOST_REQUIRE(at.size() == 2u);
  constexpr double within = 1e-14;
  BOOST_TEST(std::fabs(at[0]["f"].get<double>() / 2.47969631287271367 - 1) < within);
  BOOST_TEST(std::fabs(at[0]["df_dx"].get<double>() / -1.40572353337455378 - 1) < within);
  BOOST_TEST(at[0]["df_dc"].get<double>() == -at[0]["df_dx"].get<double>());
  for (const std::string name : {"f", "df_dx", "df_da", "df_dc", "df_dsigma"}) BOOST_TEST(at[1][name] == 0.0);
  BOOST_TEST(good_output(folder, {"eval", "--type", "float32", "--format", "table", "0.1"}).find("0.98994") != std::string::npos);
  const auto gauss = objects(good_output(folder, {"eval", "--form", "gaussian", "--b", "3", "0x1p-1", "--format", "json"})).at(0);
  BOOST_TEST(gauss["x"] == 0.5);
  BOOST_TEST(gauss.contains("df_db"));
}

BOOST_AUTO_TEST_CASE(eval_reads_standard_input_and_names_the_place_of_a_mistake) {
  const Folder folder;
  BOOST_TEST(lines(folder.run(ogive_train({"eval", "-"}), {.input = "0 0.5\n-1, nan\n"}).out).size() == 5u);
  const auto outcome = folder.run(ogive_train({"eval", "-"}), {.input = "1\n2 two\n"});
  BOOST_TEST(outcome.code == 2);
  BOOST_TEST(outcome.err == "ogive-train: <stdin>:2:3: error: 'two' is not a number\n");
}

BOOST_AUTO_TEST_CASE(every_gradient_agrees_with_automatic_differentiation) {
  const Folder folder;
  const auto entries = objects(good_output(folder, {"check", "--format", "json"}));
  BOOST_TEST(entries.size() > 10u);
  bool bump = false, dense = false, loss = false;
  for (const auto& entry : entries) {
    BOOST_TEST(entry["parameters"].get<double>() <= gradient_error, entry.dump());
    BOOST_TEST(entry["input"].get<double>() <= gradient_error, entry.dump());
    const std::string what = entry["what"];
    bump = bump || what.starts_with("bump");
    dense = dense || what.starts_with("dense");
    loss = loss || what.starts_with("softmax_cross_entropy");
  }
  BOOST_TEST((bump && dense && loss));
}

BOOST_AUTO_TEST_CASE(digits_are_learned_from_the_data_that_come_with_ogive) {
  const Folder folder;
  const auto records = objects(good_output(
      folder, {"net", "--layers", "64-128-10", "--hidden", "relu", "--epochs", "30", "--split", "last", "--format", "json"}));
  BOOST_REQUIRE(records.size() == 31u);
  BOOST_TEST(records[0]["record"] == "epoch");
  const auto& result = records[30];
  BOOST_TEST(result["record"] == "result");
  BOOST_TEST(result["status"] == "ok");
  BOOST_TEST(result["samples"] == 1348);
  BOOST_TEST(result["held_out"] == 449);
  BOOST_TEST(result["parameters"] == 9610);
  BOOST_TEST(result["divided_by"] == 16.0);
  BOOST_TEST(result["held_out_accuracy"].get<double>() >= digits_accuracy);
}

BOOST_AUTO_TEST_CASE(equal_seeds_give_equal_weights_and_other_seeds_others) {
  const Folder folder;
  for (const std::string name : {"a", "b"})
    good_output(folder, {"net", "--layers", "64-8-10", "--epochs", "2", "--seed", "7", "--save", name});
  good_output(folder, {"net", "--layers", "64-8-10", "--epochs", "2", "--seed", "8", "--save", "c"});
  BOOST_TEST((folder.read("a") == folder.read("b")));
  BOOST_TEST((folder.read("a") != folder.read("c")));
}

BOOST_AUTO_TEST_CASE(saved_weights_predict_what_the_network_said_and_load_to_the_same_bits) {
  const Folder folder;
  folder.write("train.csv", two_classes());
  for (const std::string type : {"float32", "float64"}) {
    const auto records =
        objects(good_output(folder, {"net", "train.csv", "--layers", "2-5-2", "--learning-rate", "0.05", "--epochs", "100",
                                     "--test", "train.csv", "--type", type, "--save", "w", "--format", "json"}));
    const auto answers = objects(good_output(folder, {"predict", "train.csv", "--load", "w", "--format", "json"}));
    BOOST_REQUIRE(answers.size() == 12u);
    double right = 0;
    for (const auto& answer : answers) right += answer["right"].get<bool>() ? 1 : 0;
    BOOST_TEST(right / 12 == records.back()["held_out_accuracy"].get<double>());
    BOOST_TEST(right > 8);
    // A step too small to change a digit: what is saved again is what was loaded.
    good_output(folder, {"net", "train.csv", "--load", "w", "--optimizer", "sgd", "--learning-rate", "1e-300", "--epochs", "1",
                         "--type", type, "--save", "again"});
    BOOST_TEST((folder.read("w") == folder.read("again")));
  }
}

BOOST_AUTO_TEST_CASE(images_and_labels_in_idx_files_are_learned) {
  const Folder folder;
  std::vector<unsigned> pixels, labels;
  for (unsigned i = 0; i < 40; ++i) {
    const unsigned label = i % 2;
    labels.push_back(label);
    pixels.insert(pixels.end(), {label * 200, 10 + i, 255 - label * 200, i});
  }
  folder.write("a-images-idx3-ubyte", idx_bytes({40, 2, 2}, pixels));
  folder.write("a-labels-idx1-ubyte", idx_bytes({40}, labels));
  const auto records = objects(good_output(folder, {"net", "a-images-idx3-ubyte", "--layers", "4-6-2", "--learning-rate", "0.05",
                                                    "--epochs", "60", "--save", "w", "--format", "json"}));
  BOOST_TEST(records.back()["divided_by"] == 256.0);
  BOOST_TEST(records.back()["held_out_accuracy"] == 1.0);
  BOOST_TEST(objects(good_output(folder, {"predict", "a-images-idx3-ubyte", "--load", "w", "--format", "json"})).size() == 40u);
}

BOOST_AUTO_TEST_CASE(probe_shows_sums_and_activations_that_fit_to_the_last_bit) {
  const Folder folder;
  good_output(folder, {"net", "--layers", "64-16-10", "--epochs", "2", "--save", "w"});
  for (const std::string type : {"float32", "float64"}) {
    const auto neurons =
        objects(good_output(folder, {"probe", "--load", "w", "--sample", "5", "--type", type, "--format", "json"}));
    BOOST_REQUIRE(neurons.size() == 26u);
    for (const auto& neuron : neurons) {
      const double sum = neuron["sum"], activation = neuron["activation"];
      BOOST_TEST(neuron["same_bits"] == true);
      const bool hidden = neuron["layer"] == 1;
      BOOST_TEST(neuron["activated"] == hidden);
      const double epsilon = type == "float32" ? 0x1p-23 : 0x1p-52;
      BOOST_TEST(std::fabs(activation - (hidden ? 1 / (1 + std::exp(-sum)) : sum)) <= epsilon * std::fabs(activation));
      BOOST_TEST(neuron["misread"].get<double>() != sum);
    }
  }
  BOOST_TEST(lines(good_output(folder, {"probe", "--load", "w", "--layer", "2", "--neurons", "3:4", "--format", "csv"})).size() ==
             3u);
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_not_finite_stops_and_names_the_step) {
  const Folder folder;
  const auto outcome = folder.run(
      ogive_train({"net", "--hidden", "relu", "--optimizer", "sgd", "--learning-rate", "1e30", "--save", "w", "--format", "json"}));
  BOOST_TEST(outcome.code == 1);
  const auto result = objects(outcome.out).back();
  BOOST_TEST(result["status"] == "diverged");
  BOOST_TEST(result["message"].get<std::string>().find("step 2") != std::string::npos, result.dump());
  BOOST_TEST(outcome.err.find("w is not written") != std::string::npos);
  BOOST_TEST(!folder.has("w"));
}

BOOST_AUTO_TEST_CASE(patience_ends_a_training_and_keeps_the_best_weights) {
  const Folder folder;
  const auto records =
      objects(good_output(folder, {"net", "--learning-rate", "0.01", "--epochs", "500", "--patience", "3", "--format", "json"}));
  const auto& result = records.back();
  const std::size_t epochs = result["epochs"], best = result["best_epoch"];
  BOOST_TEST(epochs < 500u);
  BOOST_TEST(best + 3 == epochs);
  for (std::size_t i = 0; i < epochs; ++i)
    BOOST_TEST(records[i]["held_out_loss"].get<double>() >= result["held_out_loss"].get<double>());
}

BOOST_AUTO_TEST_CASE(compare_sets_activations_beside_each_other) {
  const Folder folder;
  const auto rows = objects(good_output(
      folder, {"compare", "--hidden", "sigmoid,textbook,hard_keras", "--seeds", "2", "--epochs", "3", "--format", "json"}));
  BOOST_REQUIRE(rows.size() == 3u);
  BOOST_TEST(rows[0]["activation"] == "sigmoid");
  BOOST_TEST(rows[0]["difference"] == 0.0);
  for (const auto& row : rows) {
    BOOST_TEST(row["seeds"] == 2);
    BOOST_TEST(row["accuracy"]["low"].get<double>() <= row["accuracy"]["mean"].get<double>());
    BOOST_TEST(row["accuracy"]["mean"].get<double>() <= row["accuracy"]["high"].get<double>());
  }
  BOOST_TEST(good_output(folder, {"compare", "--hidden", "tanh", "--seeds", "1", "--epochs", "2", "--threads", "1"}) != "");
}

BOOST_AUTO_TEST_CASE(control_c_ends_a_training_keeps_its_weights_and_is_exit_code_75) {
  const Folder folder;
  const auto outcome =
      folder.run(ogive_train({"net", "--epochs", "100000000", "--save", "w", "--format", "csv"}), {.interrupt_after = 0.7});
  BOOST_TEST(outcome.code == 75);
  BOOST_TEST(outcome.err.find("stopped by a signal in epoch ") != std::string::npos, outcome.err);
  BOOST_TEST(lines(outcome.out).size() > 2u);
  BOOST_TEST(folder.run(ogive_train({"predict", "--load", "w"})).code == 0);
}

BOOST_AUTO_TEST_CASE(a_reader_that_leaves_is_no_error) {
  const Folder folder;
  good_output(folder, {"net", "--layers", "64-10", "--epochs", "1", "--save", "w"});
  const auto outcome =
      folder.run(ogive_train({"predict", "--load", "w", "--format", "csv", "--quiet"}), {.close_stdout_after_a_line = true});
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.err == "");
}
