package io.andon.embedding.tensorflow;

import com.google.protobuf.InvalidProtocolBufferException;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.Model;
import io.andon.embedding.model.ModelDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** Compares what a descriptor says with the signatures written in the SavedModel. */
final class SignatureCheck {
  private static final Map<ElementType, DataType> TYPES =
      Map.of(
          ElementType.UINT8, DataType.DT_UINT8,
          ElementType.INT8, DataType.DT_INT8,
          ElementType.FLOAT32, DataType.DT_FLOAT,
          ElementType.BOOL, DataType.DT_BOOL);

  private SignatureCheck() {}

  /** Every disagreement, none if the model is as described. */
  static List<String> reasons(Model model) {
    SavedModel saved;
    try {
      saved = SavedModel.parseFrom(Files.readAllBytes(model.savedModel()));
    } catch (InvalidProtocolBufferException e) {
      return List.of("saved_model.pb is not a SavedModel: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ModelDescriptor descriptor = model.descriptor();
    Map<String, SignatureDef> signatures = new TreeMap<>();
    for (MetaGraphDef metaGraph : saved.getMetaGraphsList()) {
      if (metaGraph.getMetaInfoDef().getTagsList().contains("serve")) {
        signatures.putAll(metaGraph.getSignatureDefMap());
      }
    }
    SignatureDef signature = signatures.get(descriptor.signature());
    if (signature == null) {
      return List.of(
          "signature is " + descriptor.signature() + "; the SavedModel has " + signatures.keySet());
    }
    return reasons(descriptor, signature);
  }

  private static List<String> reasons(ModelDescriptor descriptor, SignatureDef signature) {
    List<String> reasons = new ArrayList<>();
    Map<String, TensorInfo> inputs = signature.getInputsMap();
    Map<String, TensorInfo> outputs = signature.getOutputsMap();
    compare(reasons, "input", inputs, descriptor.input().name(), descriptor.input().dtype());
    if (inputs.size() > 1) {
      reasons.add(
          "the signature has inputs " + new TreeSet<>(inputs.keySet()) + "; allowed is one");
    }
    compare(reasons, "patches", outputs, descriptor.patches().name(), descriptor.patches().dtype());
    compare(reasons, "pooled", outputs, descriptor.pooled().name(), ElementType.FLOAT32);
    String finite = descriptor.finite();
    if (finite != null) {
      compare(reasons, "finite", outputs, finite, ElementType.BOOL);
    }
    return reasons;
  }

  private static void compare(
      List<String> reasons,
      String field,
      Map<String, TensorInfo> tensors,
      String name,
      ElementType dtype) {
    @Nullable TensorInfo tensor = tensors.get(name);
    if (tensor == null) {
      reasons.add(
          field + " is called " + name + "; the signature has " + new TreeSet<>(tensors.keySet()));
    } else if (tensor.getDtype() != TYPES.get(dtype)) {
      reasons.add(
          field
              + " "
              + name
              + " is described as "
              + dtype.wireName()
              + "; the signature says "
              + tensor.getDtype());
    }
  }
}
