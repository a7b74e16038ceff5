package io.andon.embedding.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads fields of a JSON object and notes what is wrong with each, so that all is told at once. */
final class DescriptorFields {
  private final JsonNode object;
  private final String path;
  private final List<String> problems;

  DescriptorFields(JsonNode object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  void known(String... names) {
    Set<String> unknown = new TreeSet<>();
    object.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(Set.of(names));
    unknown.forEach(
        name -> problems.add(path + name + " is unknown; known are " + String.join(", ", names)));
  }

  DescriptorFields object(String name) {
    JsonNode child = object.path(name);
    if (!child.isObject()) {
      problem(name, child, "an object");
    }
    return new DescriptorFields(child, path + name + ".", problems);
  }

  String text(String name, Pattern allowed) {
    JsonNode value = object.path(name);
    if (!value.isTextual() || !allowed.matcher(value.asText()).matches()) {
      problem(name, value, "text like " + allowed.pattern());
      return "";
    }
    return value.asText();
  }

  @Nullable String optionalText(String name, Pattern allowed) {
    return object.path(name).isMissingNode() || object.path(name).isNull()
        ? null
        : text(name, allowed);
  }

  int integer(String name, int min, int max) {
    JsonNode value = object.path(name);
    if (!value.isInt() || value.asInt() < min || value.asInt() > max) {
      problem(name, value, "a whole number from " + min + " to " + max);
      return min;
    }
    return value.asInt();
  }

  float number(String name) {
    JsonNode value = object.path(name);
    if (!value.isNumber() || !Float.isFinite(value.floatValue())) {
      problem(name, value, "a number");
      return 0;
    }
    return value.floatValue();
  }

  <E extends Enum<E>> E choice(String name, List<E> allowed) {
    String value = object.path(name).asText();
    for (E choice : allowed) {
      if (choice.name().equalsIgnoreCase(value)) {
        return choice;
      }
    }
    List<String> names = new ArrayList<>();
    allowed.forEach(choice -> names.add(choice.name()));
    problem(name, object.path(name), "one of " + String.join(", ", names) + ", in either case");
    return allowed.get(0);
  }

  List<String> texts(String name, Pattern allowed, int most) {
    JsonNode values = object.path(name);
    if (!values.isArray() || values.isEmpty() || values.size() > most) {
      problem(name, values, "a list of 1 to " + most + " texts like " + allowed.pattern());
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      JsonNode value = values.get(i);
      if (value.isTextual() && allowed.matcher(value.asText()).matches()) {
        texts.add(value.asText());
      } else {
        problem(name + "[" + i + "]", value, "text like " + allowed.pattern());
      }
    }
    return texts;
  }

  void problem(String name, JsonNode value, String allowed) {
    problems.add(
        path
            + name
            + " is "
            + (value.isMissingNode() ? "missing" : value)
            + "; allowed is "
            + allowed);
  }
}
