// SPDX-License-Identifier: MIT
// ogive-train on the command line: wrong usage is exit code 2 and one line that says what to do; nothing goes to stdout.
#define BOOST_TEST_MODULE tools_ogive_train_usage
#include <boost/test/data/test_case.hpp>

#include "tools/mistake.h"
#include "tools/ogive_train.h"

namespace data = boost::unit_test::data;
using ogive::test::Folder;
using ogive::test::Mistake;
using ogive::test::ogive_train;

namespace {

const std::string all_commands = "bump, bump-sweep, net, compare, predict, probe, eval, check";

const std::vector<Mistake> mistakes = {
    {{}, "no command was given; the commands are " + all_commands},
    {{"--quiet"}, "no command was given; the commands are " + all_commands},
    {{"bumps"}, "there is no command 'bumps'; did you mean bump?"},
    {{"zebra"}, "there is no command 'zebra'; the commands are " + all_commands},
    {{"net", "--epocs", "3"}, "unknown option '--epocs'; did you mean --epochs?"},
    {{"net", "--range", "0:1"}, "unknown option '--range'"},
    {{"net", "--hidden", "sigmoyd"}, "--hidden: there is no activation 'sigmoyd'; did you mean sigmoid?"},
    {{"net", "--hidden", "softplus_naive_of_nobody"},
     "--hidden: there is no activation 'softplus_naive_of_nobody'; there are sigmoid, tanh, relu, leaky_relu, softplus and the "
     "variants of 'ogive-error list'"},
    {{"net", "--hidden", "relu,tanh"}, "net takes one --hidden; compare takes several"},
    {{"net", "--layers", "64"}, "--layers: '64' needs at least inputs and outputs, such as 64-10"},
    {{"net", "--layers", "64-0-10"}, "--layers: '64-0-10' is not a list of sizes from 1 to 1000000, such as 64-128-10"},
    {{"net", "--loss", "hinge"}, "--loss: 'hinge' is not one of softmax, bce, mse"},
    {{"net", "--optimizer", "lm"}, "--optimizer lm is for --loss mse"},
    {{"net", "--optimizer", "lbfgs", "--batch", "3"}, "--batch is for --optimizer adam and sgd"},
    {{"net", "--momentum", "0.9"}, "--momentum is for --optimizer sgd"},
    {{"net", "--learning-rate", "nan"}, "--learning-rate: 'nan' is not a finite number"},
    {{"net", "--learning-rate", "0"}, "--learning-rate: 0 is not strictly between 0 and 1.7976931348623157e+308"},
    {{"net", "--seed", "1.5"}, "--seed: 1.5 is not a whole number"},
    {{"net", "--divide-by", "255"},
     "--divide-by: '255' is not auto, none or a power of two, such as 16 (only those change no digit of a weight)"},
    {{"net", "a.csv", "--data", "digits"}, "--data is instead of a FILE; leave one of them out"},
    {{"net", "--test-labels", "a"}, "--test-labels needs --test FILE"},
    {{"net", "--test", "a", "--holdout", "0.1"}, "--test is instead of --holdout; leave one of them out"},
    {{"net", "--load", "a", "--initialiser", "he"}, "--initialiser is for new weights; --load brings its own"},
    {{"net", "--save", "a", "--output", "a"}, "--output and --save name the same file"},
    {{"net", "a.csv", "--save", "a.csv"}, "--save would overwrite the input"},
    {{"net", "--plot", "a.jpg"}, ""},
    {{"predict"}, "predict needs --load FILE: weights that ogive-train net --save wrote"},
    {{"probe"}, "probe needs --load FILE: weights that ogive-train net --save wrote"},
    {{"probe", "--load", "a", "--neurons", "3:1"}, "--neurons: '3:1' is not a range of whole numbers from 1, such as 1:20"},
    {{"bump", "--range", "1:-1"}, "--range: its first end must be below the second"},
    {{"bump", "--range", "1"}, "--range: '1' is not a range such as -1:1"},
    {{"bump", "--free", "b"}, "--free: 'b' is not one of sigma, c, a"},
    {{"bump", "--free", "a,a"}, "--free: a is named twice"},
    {{"bump", "--start", "0"}, "--start: the width must be above 0"},
    {{"bump", "--start", "1,2,3,4"}, "--start takes at most three numbers: SIGMA,C,A"},
    {{"bump", "--batch", "3"}, "--batch is for --optimizer adam; lm works in float64 on all samples at once"},
    {{"bump", "--optimizer", "closed", "--type", "float32"},
     "--type is for --optimizer adam; closed works in float64 on all samples at once"},
    {{"bump", "a.csv", "--true-sigma", "1"}, "--true-sigma is for data that are made; leave FILE out"},
    {{"bump", "--x", "1"}, "--x is for a FILE"},
    {{"bump-sweep", "--sigma", "0:1:0.1"}, "--sigma: '0:1:0.1' needs 0 < LO <= HI and STEP > 0"},
    {{"bump-sweep", "--sigma", "1:2"}, "--sigma: '1:2' is not a range such as 0.1:9.9:0.1"},
    {{"bump-sweep", "--sigma", "1:2:1e-9"}, "--sigma: '1:2:1e-9' has more than a million steps"},
    {{"eval"}, "eval needs inputs, or - to read them"},
    {{"eval", "one"}, "X: 'one' is not a number"},
    {{"eval", "--form", "gaussian", "--sigma", "1", "0"}, "--sigma is not for the gaussian; its width is --b"},
    {{"eval", "--b", "1", "0"}, "--b is for --form gaussian; the width of the others is --sigma"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_mistake_is_answered_in_one_line, data::make(mistakes), mistake) {
  const Folder folder;
  const auto outcome = folder.run(ogive_train(mistake.arguments));
  BOOST_TEST(outcome.code == 2);
  if (!mistake.message.empty()) BOOST_TEST(outcome.err == "ogive-train: error: " + mistake.message + " (see --help)\n");
  BOOST_TEST(ogive::test::lines(outcome.err).size() == 1u);
  BOOST_TEST(outcome.out == "");
  BOOST_TEST(folder.files().empty());
}

BOOST_AUTO_TEST_CASE(every_command_has_a_help_text_and_stands_in_the_overview) {
  const Folder folder;
  const auto overview = folder.run(ogive_train({"--help"}));
  BOOST_TEST(overview.code == 0);
  for (const std::string command : {"bump", "bump-sweep", "net", "compare", "predict", "probe", "eval", "check"}) {
    const auto outcome = folder.run(ogive_train({command, "--help"}));
    BOOST_TEST(outcome.code == 0, command);
    BOOST_TEST(outcome.out.starts_with("Usage: ogive-train " + command + " [options]"), outcome.out);
    BOOST_TEST(overview.out.find("\n  " + command + ' ') != std::string::npos, command);
  }
}

BOOST_AUTO_TEST_CASE(version_names_the_program) {
  const auto outcome = Folder().run(ogive_train({"--version"}));
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.out.starts_with("ogive-train " OGIVE_VERSION "\ncompiler: "));
}

BOOST_AUTO_TEST_CASE(a_result_that_cannot_be_written_is_exit_code_3) {
  const auto outcome = Folder().run(ogive_train({"eval", "0", "--output", "missing/list.csv"}));
  BOOST_TEST(outcome.code == 3);
  BOOST_TEST(outcome.err.starts_with("ogive-train: missing/list.csv: error: "), outcome.err);
}
