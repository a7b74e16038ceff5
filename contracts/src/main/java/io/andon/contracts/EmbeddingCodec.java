package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Records of {@code andon.embeddings}: JSON with the vector in base64, keyed by camera. */
public final class EmbeddingCodec {
  private EmbeddingCodec() {}

  /** The embedding as a record. */
  public static EncodedRecord encode(EmbeddingRecord embedding) {
    ObjectNode json = Json.versioned().put("camera", embedding.frame().camera());
    json.set("frame", embedding.frame().toJson());
    json.put("space", embedding.space());
    json.set("scale", Json.exact(embedding.scale()));
    json.put("values", Base64.getEncoder().encodeToString(embedding.values()));
    return JsonRecords.keyedByCamera(Topics.EMBEDDINGS, embedding.frame().camera(), json);
  }

  /** Reads an embedding; never throws. */
  public static Decoded<EmbeddingRecord> decode(byte @Nullable [] value) {
    return Json.decode(value, DeadLetterReason.BAD_VALUE, EmbeddingCodec::read);
  }

  private static EmbeddingRecord read(Fields fields) {
    CapturedFrame frame = CapturedFrame.from(fields.inner("frame"));
    Bounds.same("camera", fields.camera("camera"), frame.camera());
    return new EmbeddingRecord(
        frame,
        fields.text("space", 1, Bounds.MAX_SPACE),
        (float) fields.decimal("scale", 0, Float.MAX_VALUE),
        fields.base64("values", EmbeddingRecord.MAX_VALUES));
  }
}
