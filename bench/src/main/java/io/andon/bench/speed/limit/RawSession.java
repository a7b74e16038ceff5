package io.andon.bench.speed.limit;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_AllocateTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteTensor;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_GraphOperationByName;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionRun;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorByteSize;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_TensorData;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_UINT8;

import io.andon.embedding.Picture;
import io.andon.embedding.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.TF_Tensor;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * The same graph on TensorFlow's C interface: a call is {@code TF_SessionRun} and a copy of the
 * outputs, nothing else. The natives have to be loaded before. Safe for use by several threads.
 */
final class RawSession implements AutoCloseable {
  private final TF_Graph graph = TF_Graph.newGraph();
  private final TF_Session session;
  private final TF_Output input;
  private final TF_Output outputs;
  private final int outputCount;

  private RawSession(String directory, SignatureDef signature, boolean bf16) {
    TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
    TF_Status status = TF_Status.newStatus();
    if (bf16) {
      byte[] config = bf16Config().toByteArray();
      TF_SetConfig(options, new BytePointer(config), config.length, status);
      status.throwExceptionIfNotOK();
    }
    session =
        TF_Session.loadSessionFromSavedModel(
            options, null, directory, new String[] {"serve"}, graph, null, status);
    status.throwExceptionIfNotOK();
    Map<String, TensorInfo> results = signature.getOutputsMap();
    input = points(signature.getInputsMap().values().stream().map(TensorInfo::getName).toList());
    outputs = points(results.values().stream().map(TensorInfo::getName).toList());
    outputCount = results.size();
  }

  /** As the product's sessions are set up for it. */
  private static ConfigProto bf16Config() {
    return ConfigProto.newBuilder()
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(
                    RewriterConfig.newBuilder()
                        .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON)))
        .build();
  }

  static RawSession open(Model model, boolean bf16) throws IOException {
    SavedModel saved = SavedModel.parseFrom(Files.readAllBytes(model.savedModel()));
    for (MetaGraphDef part : saved.getMetaGraphsList()) {
      SignatureDef signature = part.getSignatureDefMap().get(model.descriptor().signature());
      if (signature != null) {
        return new RawSession(model.directory().toString(), signature, bf16);
      }
    }
    throw new IllegalStateException("no signature " + model.descriptor().signature());
  }

  private TF_Output points(List<String> names) {
    TF_Output points = new TF_Output(names.size());
    for (int i = 0; i < names.size(); i++) {
      int colon = names.get(i).indexOf(':');
      TF_Operation operation = TF_GraphOperationByName(graph, names.get(i).substring(0, colon));
      int index = Integer.parseInt(names.get(i).substring(colon + 1));
      points.getPointer(i).oper(operation).index(index);
    }
    return points;
  }

  /** A tensor of pictures; to be deleted by {@link #delete}. */
  static TF_Tensor tensor(List<Picture> pictures) {
    Picture first = pictures.get(0);
    long[] shape = {pictures.size(), first.height(), first.width(), 3};
    long bytes = (long) pictures.size() * first.rgb().length;
    TF_Tensor tensor = TF_AllocateTensor(TF_UINT8, shape, shape.length, bytes);
    BytePointer data = new BytePointer(TF_TensorData(tensor)).capacity(bytes);
    for (Picture picture : pictures) {
      data.put(picture.rgb());
      data.position(data.position() + picture.rgb().length);
    }
    return tensor;
  }

  static void delete(TF_Tensor tensor) {
    TF_DeleteTensor(tensor);
  }

  /** Runs the graph and copies its outputs out; the bytes copied. */
  long run(TF_Tensor pictures) {
    try (PointerPointer<TF_Tensor> inputs = new PointerPointer<>(1);
        PointerPointer<TF_Tensor> results = new PointerPointer<>(outputCount);
        TF_Status status = TF_Status.newStatus()) {
      inputs.put(0, pictures);
      TF_SessionRun(
          session,
          null,
          input,
          inputs,
          1,
          outputs,
          results,
          outputCount,
          new PointerPointer<TF_Operation>(0),
          0,
          null,
          status);
      status.throwExceptionIfNotOK();
      long copied = 0;
      for (int i = 0; i < outputCount; i++) {
        TF_Tensor result = results.get(TF_Tensor.class, i);
        byte[] bytes = new byte[(int) TF_TensorByteSize(result)];
        new BytePointer(TF_TensorData(result)).capacity(bytes.length).get(bytes);
        TF_DeleteTensor(result);
        copied += bytes.length;
      }
      return copied;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
