// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "ogive/base/errors.h"
#include "ogive/io/number.h"
#include "ogive/sigmoid/logistic.h"
#include "ogive/sigmoid/softmax.h"
#include "tools/common/exit_code.h"
#include "tools/common/numbers.h"
#include "tools/common/run_tool.h"
#include "tools/ogive-train/commands.h"
#include "tools/ogive-train/dataset.h"
#include "tools/ogive-train/weights_file.h"

namespace ogive::tools {
namespace {

struct Answer {
  double said = 0;          ///< a class, or the number
  double probability = 0;   ///< of the class; NaN of a number
  std::vector<double> all;  ///< probabilities of all classes, or outputs
};

// What the outputs for one sample mean.
template <class T>
Answer answer_of(std::span<const T> outputs, layer::LossKind kind) {
  Answer answer;
  answer.all.assign(outputs.begin(), outputs.end());
  if (kind == layer::LossKind::softmax_cross_entropy) {
    const std::vector<double> logits = answer.all;
    sigmoid::softmax<double>(logits, answer.all);
  } else if (kind == layer::LossKind::bce_with_logits) {
    for (double& value : answer.all) value = sigmoid::logistic(value);
  }
  if (outputs.size() == 1) {
    const bool binary = kind == layer::LossKind::bce_with_logits;
    const double value = answer.all[0];
    answer.said = binary ? (value > 0.5 ? 1 : 0) : value;
    answer.probability = binary ? std::max(value, 1 - value) : std::nan("");
    return answer;
  }
  const auto largest = std::max_element(answer.all.begin(), answer.all.end());
  answer.said = static_cast<double>(largest - answer.all.begin());
  answer.probability = kind == layer::LossKind::mse ? std::nan("") : *largest;
  return answer;
}

template <class T>
int run(const Arguments& arguments, const layer::Weights& weights) {
  const auto kind = arguments.net.loss.kind;
  const layer::Network& network = weights.network;
  const auto p = weights.as<T>();
  const auto data = read_dataset<T>(names_of(arguments), network.inputs());
  std::vector<T> outputs(network.outputs() * data.count());
  network.predict<T>(p, data.columns(), {outputs.data(), network.outputs(), data.count()});

  Output output(arguments.output);
  RecordWriter writer(record_style(arguments), output);
  const bool labelled = !data.labels.empty();
  const bool classes = !(kind == layer::LossKind::mse && network.outputs() == 1);
  std::size_t right = 0;
  for (std::size_t i = 0; i < data.count(); ++i) {
    const auto answer = answer_of(std::span<const T>(outputs).subspan(i * network.outputs(), network.outputs()), kind);
    Record record = {
        {"sample", static_cast<std::uint64_t>(i + 1), "sample"},
        {"prediction", answer.said, "prediction", classes ? io::format_number(answer.said) : io::format_number(answer.said, 6)}};
    if (kind != layer::LossKind::mse)
      record.push_back({"probability", answer.probability, "probability", io::format_number(answer.probability, 4)});
    if (labelled) {
      record.push_back({"label", data.labels[i], "label"});
      if (classes) {
        const bool correct = answer.said == data.labels[i];
        right += correct ? 1 : 0;
        record.push_back({"right", correct, "right", correct ? "yes" : "no"});
      }
    }
    if (arguments.format == RecordFormat::json) record.push_back({classes ? "probabilities" : "outputs", answer.all});
    writer.add(record);
    if (output.closed()) break;
  }
  writer.finish();
  output.finish();
  if (labelled && classes && !arguments.quiet && !output.closed())
    note("ogive-train", std::to_string(right) + " of " + std::to_string(data.count()) + " samples right, " +
                            io::format_number(100 * static_cast<double>(right) / static_cast<double>(data.count()), 4) + " %");
  return exit_good;
}

}  // namespace

int predict(const Arguments& arguments) {
  const auto weights = read_weights(*arguments.net.load);
  return arguments.type.value_or(weights.type) == FloatType::float32 ? run<float>(arguments, weights)
                                                                     : run<double>(arguments, weights);
}

}  // namespace ogive::tools
