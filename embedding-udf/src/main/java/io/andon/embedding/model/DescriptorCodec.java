package io.andon.embedding.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.embedding.InputShape;
import io.andon.embedding.model.ModelDescriptor.ColourOrder;
import io.andon.embedding.model.ModelDescriptor.Input;
import io.andon.embedding.model.ModelDescriptor.Licence;
import io.andon.embedding.model.ModelDescriptor.Patches;
import io.andon.embedding.model.ModelDescriptor.Pooled;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads and writes descriptors as JSON. A reader accepts every format it ever wrote. */
public final class DescriptorCodec {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TENSOR = Pattern.compile("[A-Za-z0-9_./:-]{1,256}");
  private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{1,3})x([1-9]\\d{1,3})");
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern ANY = Pattern.compile(".{1,500}");
  private static final int MOST_SHAPES = 64;
  private static final ObjectMapper JSON = new ObjectMapper();

  private DescriptorCodec() {}

  /**
   * Reads a descriptor.
   *
   * @param source name for messages, such as the file
   * @throws ModelRefusedException with every problem found
   */
  public static ModelDescriptor read(String json, String source) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new ModelRefusedException(
          source, List.of("the descriptor is not JSON: " + e.getOriginalMessage()));
    }
    List<String> problems = new ArrayList<>();
    ModelDescriptor descriptor = read(new DescriptorFields(root, "", problems), problems);
    if (!problems.isEmpty()) {
      throw new ModelRefusedException(source, problems);
    }
    return descriptor;
  }

  private static ModelDescriptor read(DescriptorFields fields, List<String> problems) {
    fields.known(
        "format",
        "id",
        "version",
        "sha256",
        "signature",
        "input",
        "patches",
        "pooled",
        "finite",
        "whitening",
        "licence");
    fields.integer("format", 1, ModelDescriptor.FORMAT);
    DescriptorFields pooled = fields.object("pooled");
    pooled.known("name", "dimensions");
    DescriptorFields licence = fields.object("licence");
    licence.known("name", "file", "source");
    Patches patches = patches(fields.object("patches"), problems);
    Input input = input(fields.object("input"), patches.stride(), problems);
    String finite = finite(fields, patches, problems);
    return new ModelDescriptor(
        fields.text("id", ID),
        fields.text("version", ID),
        fields.text("sha256", SHA256),
        fields.text("signature", TENSOR),
        input,
        patches,
        new Pooled(pooled.text("name", TENSOR), pooled.integer("dimensions", 1, 16384)),
        finite,
        fields.optionalText("whitening", ID),
        new Licence(
            licence.text("name", ANY), licence.text("file", FILE), licence.text("source", ANY)));
  }

  private static @Nullable String finite(
      DescriptorFields fields, Patches patches, List<String> problems) {
    String finite = fields.optionalText("finite", TENSOR);
    if (finite == null && patches.dtype() == ElementType.INT8) {
      problems.add(
          "finite is missing; int8 patches need a boolean output that says whether the values were"
              + " finite before they were quantised");
    }
    return finite;
  }

  private static Patches patches(DescriptorFields fields, List<String> problems) {
    fields.known("name", "dtype", "stride", "channels", "scale");
    float scale = fields.number("scale");
    if (!(scale > 0)) {
      problems.add("patches.scale is " + scale + "; allowed is a number above 0");
    }
    return new Patches(
        fields.text("name", TENSOR),
        fields.choice("dtype", List.of(ElementType.INT8, ElementType.FLOAT32)),
        fields.integer("stride", 1, 256),
        fields.integer("channels", 1, 4096),
        scale);
  }

  private static Input input(DescriptorFields fields, int stride, List<String> problems) {
    fields.known("name", "dtype", "colourOrder", "min", "max", "shapes");
    ElementType dtype = fields.choice("dtype", List.of(ElementType.UINT8, ElementType.FLOAT32));
    float min = fields.number("min");
    float max = fields.number("max");
    if (dtype == ElementType.UINT8 && (min != 0 || max != 255)) {
      problems.add(
          "input.min and input.max are "
              + min
              + " and "
              + max
              + "; allowed are 0 and 255 where"
              + " input.dtype is uint8");
    } else if (!(min < max)) {
      problems.add("input.max is " + max + "; allowed is a number above input.min, " + min);
    }
    return new Input(
        fields.text("name", TENSOR),
        dtype,
        fields.choice("colourOrder", List.of(ColourOrder.values())),
        min,
        max,
        shapes(fields.texts("shapes", SHAPE, MOST_SHAPES), stride, problems));
  }

  private static List<InputShape> shapes(List<String> texts, int stride, List<String> problems) {
    List<InputShape> shapes = new ArrayList<>();
    for (String text : texts) {
      int x = text.indexOf('x');
      int width = Integer.parseInt(text.substring(0, x));
      int height = Integer.parseInt(text.substring(x + 1));
      if (width % stride != 0 || height % stride != 0) {
        problems.add(
            "input.shapes has "
                + text
                + "; allowed are sides that are multiples of patches.stride, "
                + stride);
      }
      shapes.add(new InputShape(width, height));
    }
    return shapes;
  }

  /** Writes a descriptor, for people too: indented, fields in the order of the reference. */
  public static String write(ModelDescriptor descriptor) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", ModelDescriptor.FORMAT);
    root.put("id", descriptor.id());
    root.put("version", descriptor.version());
    root.put("sha256", descriptor.sha256());
    root.put("signature", descriptor.signature());
    Input input = descriptor.input();
    ObjectNode in = root.putObject("input");
    in.put("name", input.name());
    in.put("dtype", input.dtype().wireName());
    in.put("colourOrder", input.colourOrder().name());
    in.put("min", input.min());
    in.put("max", input.max());
    ArrayNode shapes = in.putArray("shapes");
    input.shapes().forEach(shape -> shapes.add(shape.width() + "x" + shape.height()));
    Patches patches = descriptor.patches();
    ObjectNode grid = root.putObject("patches");
    grid.put("name", patches.name());
    grid.put("dtype", patches.dtype().wireName());
    grid.put("stride", patches.stride());
    grid.put("channels", patches.channels());
    grid.put("scale", patches.scale());
    root.putObject("pooled")
        .put("name", descriptor.pooled().name())
        .put("dimensions", descriptor.pooled().dimensions());
    root.put("finite", descriptor.finite());
    root.put("whitening", descriptor.whitening());
    root.putObject("licence")
        .put("name", descriptor.licence().name())
        .put("file", descriptor.licence().file())
        .put("source", descriptor.licence().source());
    return root.toPrettyString() + "\n";
  }
}
