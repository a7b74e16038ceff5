package io.andon.embedding.model.importer;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** A SavedModel without variables: one graph and its signatures, all on one input. */
final class SavedModelFile {
  private static final String TENSORFLOW = "2.16.1";

  private final MetaGraphDef.Builder metaGraph;

  /** A tensor that leaves the graph: first output of a node, and its type. */
  record Output(String node, DataType dtype) {}

  SavedModelFile(GraphDef graph) {
    metaGraph =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(
                MetaGraphDef.MetaInfoDef.newBuilder()
                    .addTags("serve")
                    .setTensorflowVersion(TENSORFLOW))
            .setGraphDef(graph);
  }

  SavedModelFile signature(String key, Map<String, Output> outputs) {
    SignatureDef.Builder signature =
        SignatureDef.newBuilder()
            .setMethodName("tensorflow/serving/predict")
            .putInputs(
                "images", info("images", DataType.DT_UINT8, GraphBuilder.shape(-1, -1, -1, 3)));
    TensorShapeProto any = TensorShapeProto.newBuilder().setUnknownRank(true).build();
    new TreeMap<>(outputs)
        .forEach(
            (name, output) -> signature.putOutputs(name, info(output.node(), output.dtype(), any)));
    metaGraph.putSignatureDef(key, signature.build());
    return this;
  }

  private static TensorInfo info(String node, DataType dtype, TensorShapeProto shape) {
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(dtype)
        .setTensorShape(shape)
        .build();
  }

  /** Writes the same bytes for the same graph, so that a descriptor's hash is stable. */
  void write(Path file) throws IOException {
    SavedModel model =
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(metaGraph).build();
    try (OutputStream out = Files.newOutputStream(file)) {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      model.writeTo(coded);
      coded.flush();
    }
  }
}
