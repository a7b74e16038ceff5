package io.andon.embedding.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Finds models: one directory each, named by the model's id, under one root. */
public final class ModelStore {
  /** Names the root; without it the root is {@code .cache/models} in the working directory. */
  public static final String ROOT_VARIABLE = "ANDON_MODELS";

  /** The id of the model that {@code scripts/model} builds for use without further thought. */
  public static final String DEFAULT_MODEL = "centernet-mobilenet-v3";

  static final String SAVED_MODEL = "saved_model.pb";
  static final String DESCRIPTOR = "descriptor.json";

  private final Path root;

  /**
   * @param root directory that holds a directory a model
   */
  public ModelStore(Path root) {
    this.root = root;
  }

  /** The store that the environment names. */
  public static ModelStore of(Map<String, String> environment) {
    return new ModelStore(Path.of(environment.getOrDefault(ROOT_VARIABLE, ".cache/models")));
  }

  /** The root directory. */
  public Path root() {
    return root;
  }

  /**
   * Opens a model by its id.
   *
   * @throws ModelRefusedException with all reasons, if files are missing or are not what the
   *     descriptor says
   */
  public Model open(String id) {
    Path directory = root.resolve(id);
    Model model = openDirectory(directory);
    if (!model.descriptor().id().equals(id)) {
      throw new ModelRefusedException(
          directory.toString(),
          List.of("id is " + model.descriptor().id() + "; allowed is the directory's name, " + id));
    }
    return model;
  }

  /**
   * Opens the model in a directory.
   *
   * @throws ModelRefusedException with all reasons, if files are missing or are not what the
   *     descriptor says
   */
  public static Model openDirectory(Path directory) {
    List<String> reasons = new ArrayList<>();
    for (String file : List.of(DESCRIPTOR, SAVED_MODEL)) {
      if (!Files.isReadable(directory.resolve(file))) {
        reasons.add(
            "no readable file "
                + directory.resolve(file).toAbsolutePath()
                + "; scripts/model builds the default model, docs/models.md tells how to bring one");
      }
    }
    if (!Files.isReadable(directory.resolve(DESCRIPTOR))) {
      throw new ModelRefusedException(directory.toString(), reasons);
    }
    try {
      return check(directory, reasons);
    } catch (IOException e) {
      throw new UncheckedIOException("model " + directory + " can't be read", e);
    }
  }

  private static Model check(Path directory, List<String> reasons) throws IOException {
    Path file = directory.resolve(DESCRIPTOR);
    ModelDescriptor descriptor;
    try {
      descriptor =
          DescriptorCodec.read(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (ModelRefusedException e) {
      reasons.addAll(e.reasons());
      throw new ModelRefusedException(directory.toString(), reasons);
    }
    Path savedModel = directory.resolve(SAVED_MODEL);
    if (Files.isReadable(savedModel)) {
      String actual = sha256(savedModel);
      if (!actual.equals(descriptor.sha256())) {
        reasons.add(
            "sha256 of "
                + SAVED_MODEL
                + " is "
                + actual
                + "; the descriptor allows "
                + descriptor.sha256());
      }
    }
    if (!Files.isReadable(directory.resolve(descriptor.licence().file()))) {
      reasons.add("licence.file names " + descriptor.licence().file() + ", which is not there");
    }
    if (!reasons.isEmpty()) {
      throw new ModelRefusedException(directory.toString(), reasons);
    }
    return new Model(directory, descriptor);
  }

  /** SHA-256 of a file, lower-case hex. */
  public static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream digest =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
