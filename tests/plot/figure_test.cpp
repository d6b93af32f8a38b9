// SPDX-License-Identifier: MIT
// What figure.h promises: whole files of the right kind, with the words in them, the same each time.
#define BOOST_TEST_MODULE plot_figure
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "example.h"
#include "ogive/base/errors.h"
#include "ogive/plot/figure.h"

using namespace ogive::plot;
namespace files = std::filesystem;

namespace {

struct Folder {
  files::path path = files::temp_directory_path() / ("ogive-plot-figure-" + std::to_string(::getpid()));
  Folder() { files::create_directories(path); }
  ~Folder() { files::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string svg_of(const Example& example) { return render_fits({&example.panel, 1}, Format::svg); }

/// Whether tags nest, attributes are quoted and '&' begins an entity: what a reader of XML stumbles over first.
bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  std::size_t elements = 0;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '&') {
      const std::size_t end = xml.find(';', i);
      if (end == std::string::npos || end - i > 7 || xml.find_first_of("<& ", i + 1) < end) return false;
    }
    if (xml[i] == '>') return false;  // gnuplot escapes those of the text
    if (xml[i] != '<') continue;
    char quote = 0;
    std::size_t end = i + 1;
    for (; end < xml.size() && (quote != 0 || xml[end] != '>'); ++end) {
      if (quote != 0 && xml[end] == quote)
        quote = 0;
      else if (quote == 0 && (xml[end] == '"' || xml[end] == '\''))
        quote = xml[end];
      else if (xml[end] == '<')
        return false;
    }
    if (end == xml.size()) return false;
    const std::string tag = xml.substr(i + 1, end - i - 1);
    i = end;
    if (tag.empty() || tag[0] == '?' || tag[0] == '!') continue;
    const std::string name = tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" \n\t/", 1) - (tag[0] == '/' ? 1 : 0));
    if (tag[0] == '/') {
      if (open.empty() || open.back() != name) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
      ++elements;
    }
  }
  return open.empty() && elements > 0;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_check_of_well_formed_xml_fails_where_it_should) {
  BOOST_TEST(is_well_formed("<a b='1 > 0'><c/>x &lt; y</a>"));
  for (const char* bad : {"<a><b></a></b>", "<a>x & y</a>", "<a>x < y</a>", "<a>", "no element", "<a b=\"></a>"})
    BOOST_TEST(!is_well_formed(bad), bad);
}

BOOST_FIXTURE_TEST_CASE(writes_files_of_the_kind_that_their_names_ask_for, Folder) {
  const Example example = regular_example();
  for (const auto& [name, magic] :
       {std::pair<std::string, std::string>{"a.svg", "<?xml"}, {"b.PNG", "\x89PNG\r\n"}, {"c.pdf", "%PDF-1."}}) {
    draw_fits({&example.panel, 1}, file(name));
    std::ifstream stream(file(name), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    BOOST_TEST(bytes.substr(0, magic.size()) == magic);
    BOOST_TEST(bytes.size() > 5000U);
  }
  BOOST_TEST(std::distance(files::directory_iterator(path), files::directory_iterator()) == 3);
}

BOOST_AUTO_TEST_CASE(a_picture_in_svg_is_whole_and_says_its_numbers) {
  const std::string svg = svg_of(regular_example());
  BOOST_TEST(is_well_formed(svg));
  BOOST_TEST(contains(svg, "<title>an example</title>"));
  BOOST_TEST(contains(svg, "<text>an example</text>"));
  BOOST_TEST(contains(svg, "x0 = 5.00 [4.60, 5.40]"));
  BOOST_TEST(contains(svg, "<text>residual</text>"));
  BOOST_TEST(contains(svg, "font-weight=\"bold\""));
  BOOST_TEST(!contains(svg, "ogive-sans"));
  BOOST_TEST(!contains(svg, "href=\"http"));  // nothing is loaded from elsewhere
}

BOOST_AUTO_TEST_CASE(draws_the_same_bytes_twice) {
  BOOST_TEST((svg_of(dose_example()) == svg_of(dose_example())));
  const Example example = step_example();
  const auto text = [&] { return render_fits({&example.panel, 1}, Format::text); };
  BOOST_TEST(text() == text());
}

BOOST_AUTO_TEST_CASE(shows_awkward_titles_as_they_are) {
  BOOST_TEST(contains(svg_of(regular_example("it's a_b^2 {x} 50 %d")), "<text>it's a_b^2 {x} 50 %d</text>"));
  BOOST_TEST(contains(svg_of(regular_example("a < b & c > \"d\"")), "<title>a &lt; b &amp; c &gt; \"d\"</title>"));
  BOOST_TEST(contains(svg_of(regular_example("\u00b5g \u2014 \u6f22")), "<text>\u00b5g \u2014 \u6f22</text>"));
  BOOST_TEST(contains(svg_of(regular_example("two\nlines\t`date`")), "<text>two lines `date`</text>"));
  for (const std::string title :
       {"a < b & c > \"d\"", "]]>", "<!--", "\xff\xfe bytes", "\\", "'", "", "font-family=\"x\"", "$data0", "EOD"})
    BOOST_TEST(is_well_formed(svg_of(regular_example(title))), title);
  BOOST_TEST(is_well_formed(svg_of(regular_example(std::string(10000, 'x')))));
}

BOOST_AUTO_TEST_CASE(draws_every_shape_and_every_failure) {
  std::vector<Example> examples;
  examples.push_back(step_example());
  examples.push_back(step_example(true));
  examples.push_back(dose_example());
  examples.push_back(regular_example("failed"));
  examples.back().result->status = ogive::fit::Status::not_converged;
  examples.push_back(regular_example("no fit"));
  examples.back().panel.result = nullptr;
  examples.back().panel.curve.clear();
  examples.back().panel.fitted.clear();
  examples.push_back(regular_example("no model"));
  examples.back().result->model = nullptr;
  examples.push_back(regular_example("nothing"));
  examples.back().panel = FitPanel{};
  std::vector<FitPanel> panels;
  for (const Example& example : examples) {
    BOOST_TEST(is_well_formed(svg_of(example)), example.panel.title);
    BOOST_TEST(!render_fits({&example.panel, 1}, Format::text).empty(), example.panel.title);
    panels.push_back(example.panel);
  }
  BOOST_TEST(is_well_formed(render_fits(panels, Format::svg)));
  BOOST_TEST(!render_fits({}, Format::svg).empty());
}

BOOST_AUTO_TEST_CASE(draws_many_curves_in_a_grid_and_says_how_many_are_missing) {
  std::vector<Example> examples;
  std::vector<FitPanel> panels;
  for (int i = 0; i < 8; ++i) examples.push_back(regular_example("curve " + std::to_string(i + 1)));
  for (const auto& example : examples) panels.push_back(example.panel);
  Options options;
  options.max_panels = 6;
  const std::string svg = render_fits(panels, Format::svg, options);
  BOOST_TEST(is_well_formed(svg));
  BOOST_TEST(contains(svg, "<text>curve 6</text>"));
  BOOST_TEST(!contains(svg, "<text>curve 7</text>"));
  BOOST_TEST(contains(svg, "The first 6 of 8 curves are drawn; 2 are not."));
  BOOST_TEST(!contains(render_fits(panels, Format::svg), "are not."));
}

BOOST_AUTO_TEST_CASE(takes_the_size_that_is_asked_for) {
  const Example example = regular_example();
  Options options;
  options.width = 400;
  options.height = 300;
  BOOST_TEST(contains(render_fits({&example.panel, 1}, Format::svg, options), "viewBox=\"0 0 400 300\""));
}

BOOST_AUTO_TEST_CASE(refuses_names_of_another_kind) {
  for (const char* name : {"a.jpg", "a", "", "svg", ".svg/x", "a.svg.gz"})
    BOOST_CHECK_EXCEPTION(format_of(name), ogive::InputError, [](const ogive::InputError& error) {
      const std::string message = error.what();
      return contains(message, ".svg") && contains(message, ".png") && contains(message, ".pdf") && contains(message, "'-'");
    });
  BOOST_TEST((format_of("-") == Format::text));
  BOOST_TEST((format_of("x/y.z.Svg") == Format::svg));
}

BOOST_FIXTURE_TEST_CASE(leaves_no_file_where_gnuplot_is_missing, Folder) {
  const Example example = regular_example();
  const std::string old = std::getenv("PATH") != nullptr ? std::getenv("PATH") : "";
  ::setenv("PATH", "/nonexistent", 1);
  BOOST_CHECK_EXCEPTION(draw_fits({&example.panel, 1}, file("a.svg")), ogive::FileError,
                        [](const ogive::FileError& error) { return contains(error.what(), "gnuplot-nox"); });
  ::setenv("PATH", old.c_str(), 1);
  BOOST_TEST(files::is_empty(path));
}

BOOST_FIXTURE_TEST_CASE(refuses_a_folder_that_is_not_there, Folder) {
  const Example example = regular_example();
  BOOST_CHECK_THROW(draw_fits({&example.panel, 1}, file("no/a.svg")), ogive::FileError);
}
