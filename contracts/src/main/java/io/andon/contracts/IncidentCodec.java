package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.Decoded.Rejected;
import io.andon.contracts.IncidentEvent.Box;
import io.andon.contracts.IncidentEvent.Channel;
import io.andon.contracts.IncidentEvent.CloseReason;
import io.andon.contracts.IncidentEvent.Cycle;
import io.andon.contracts.IncidentEvent.Heat;
import io.andon.contracts.IncidentEvent.Kind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Incidents as CloudEvents 1.0 in Kafka's binary mode: attributes in {@code ce_*} headers, JSON in
 * the value. The bytes are a pure function of the event.
 */
public final class IncidentCodec {
  /** The {@code ce_source} of every incident. */
  public static final String SOURCE = "/andon/detection";

  private static final String TYPE = "io.andon.incident.%s.v1";
  private static final Pattern ANY_TYPE =
      Pattern.compile("io\\.andon\\.incident\\.([a-z]+)\\.v([0-9]{1,9})");
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private IncidentCodec() {}

  /** The CloudEvents type of an event, {@code io.andon.incident.opened.v1} and so on. */
  public static String type(Kind kind) {
    return TYPE.formatted(kind.wireName());
  }

  /** The event as a record of {@code andon.incidents}. */
  public static EncodedRecord encode(IncidentEvent event) {
    return new EncodedRecord(
        Topics.INCIDENTS, CameraId.toKey(event.camera()), Json.bytes(json(event)), headers(event));
  }

  private static List<WireHeader> headers(IncidentEvent event) {
    return List.of(
        WireHeader.of("ce_specversion", "1.0"),
        WireHeader.of("ce_id", event.eventId()),
        WireHeader.of("ce_source", SOURCE),
        WireHeader.of("ce_type", type(event.kind())),
        WireHeader.of("ce_time", time(event.current().capturedMicros())),
        WireHeader.of("ce_subject", event.camera()),
        WireHeader.of("content-type", "application/json"));
  }

  private static String time(long micros) {
    return RFC_3339.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  private static ObjectNode json(IncidentEvent event) {
    ObjectNode json =
        Json.versioned()
            .put("kind", event.kind().wireName())
            .put("incidentId", event.incidentId())
            .put("revision", event.revision())
            .put("camera", event.camera());
    json.set("first", event.first().toJson());
    json.set("peak", event.peak().toJson());
    json.set("current", event.current().toJson());
    CapturedFrame nearest = event.nearestNormal();
    json.set("nearestNormal", nearest == null ? null : nearest.toJson());
    json.put("clock", event.clock().wireName());
    json.set("peakScore", Json.decimal(event.peakScore()));
    json.set("pValue", Json.decimal(event.pValue()));
    json.set("evidence", Json.decimal(event.evidence()));
    json.set("budgetPerDay", Json.decimal(event.budgetPerDay()));
    json.put("certified", event.certified());
    json.set("certifiedPerDay", Json.decimal(event.certifiedPerDay()));
    json.put("channel", event.channel().wireName());
    addBoxes(json.putArray("boxes"), event.boxes());
    json.putObject("heat")
        .put("rows", event.heat().rows())
        .put("columns", event.heat().columns())
        .put("values", Base64.getEncoder().encodeToString(event.heat().values()));
    CloseReason closed = event.closeReason();
    json.put("space", event.space())
        .put("baselineVersion", event.baselineVersion())
        .put("closeReason", closed == null ? null : closed.wireName());
    if (!event.explanation().isEmpty()) {
      json.put("explanation", event.explanation());
    }
    Cycle cycle = event.cycle();
    if (cycle != null) {
      ObjectNode object = json.putObject("cycle");
      object.set("usualSeconds", Json.decimal(cycle.usualSeconds()));
      object.set("currentSeconds", Json.decimal(cycle.currentSeconds()));
      object.set("phase", Json.decimal(cycle.phase()));
    }
    return json;
  }

  private static void addBoxes(ArrayNode array, List<Box> boxes) {
    for (Box box : boxes) {
      array
          .addObject()
          .put("x", box.x())
          .put("y", box.y())
          .put("width", box.width())
          .put("height", box.height())
          .set("score", Json.decimal(box.score()));
    }
  }

  /**
   * Reads an incident; never throws.
   *
   * @param value the record's value
   * @param headers the record's headers; of the attributes, type and id are compared with the value
   * @return the event, or a rejection as {@link DeadLetterReason#UNKNOWN_VERSION}, {@link
   *     DeadLetterReason#MISSING_HEADER}, {@link DeadLetterReason#BAD_HEADER} or {@link
   *     DeadLetterReason#BAD_VALUE}
   */
  public static Decoded<IncidentEvent> decode(
      byte @Nullable [] value, Iterable<WireHeader> headers) {
    String type = last(headers, "ce_type");
    String id = last(headers, "ce_id");
    if (type == null || id == null) {
      return new Rejected<>(DeadLetterReason.MISSING_HEADER, "ce_type and ce_id must be there");
    }
    Matcher known = ANY_TYPE.matcher(type);
    if (!known.matches()) {
      return new Rejected<>(
          DeadLetterReason.BAD_HEADER, "ce_type is " + BoundedText.quoted(type) + ", no incident");
    }
    if (!known.group(2).equals("1")) {
      return new Rejected<>(
          DeadLetterReason.UNKNOWN_VERSION, "ce_type is " + type + ", known is v1");
    }
    Decoded<IncidentEvent> decoded = decodeValue(value);
    if (decoded instanceof Decoded.Valid<IncidentEvent> valid) {
      IncidentEvent event = valid.value();
      if (!type.equals(type(event.kind())) || !id.equals(event.eventId())) {
        return new Rejected<>(
            DeadLetterReason.BAD_HEADER,
            "ce_type or ce_id differs from the value, which is " + event.eventId());
      }
    }
    return decoded;
  }

  /**
   * Reads an incident's value alone, as it is printed or kept without its headers; never throws.
   *
   * @return the event, or a rejection as {@link DeadLetterReason#UNKNOWN_VERSION} or {@link
   *     DeadLetterReason#BAD_VALUE}
   */
  public static Decoded<IncidentEvent> decodeValue(byte @Nullable [] value) {
    return Json.decode(value, DeadLetterReason.BAD_VALUE, IncidentCodec::read);
  }

  private static @Nullable String last(Iterable<WireHeader> headers, String name) {
    String text = null;
    for (WireHeader header : headers) {
      text = header.name().equals(name) ? header.text() : text;
    }
    return text;
  }

  private static IncidentEvent read(Fields fields) {
    return new IncidentEvent(
        fields.oneOf("kind", Kind.class),
        fields.text("incidentId", 1, Bounds.MAX_ID),
        (int) fields.integer("revision", 0, Integer.MAX_VALUE),
        fields.camera("camera"),
        CapturedFrame.from(fields.inner("first")),
        CapturedFrame.from(fields.inner("peak")),
        CapturedFrame.from(fields.inner("current")),
        fields.innerOrNull("nearestNormal", CapturedFrame::from),
        fields.oneOf("clock", ClockSource.class),
        fields.decimal("peakScore", -Json.MAX_DECIMAL, Json.MAX_DECIMAL),
        fields.decimal("pValue", 0, 1),
        fields.decimal("evidence", -Json.MAX_DECIMAL, Json.MAX_DECIMAL),
        fields.decimal("budgetPerDay", 0, Json.MAX_DECIMAL),
        fields.bool("certified"),
        fields.decimal("certifiedPerDay", 0, Json.MAX_DECIMAL),
        fields.oneOf("channel", Channel.class),
        fields.list("boxes", IncidentEvent.MAX_BOXES, IncidentCodec::readBox),
        readHeat(fields.inner("heat")),
        fields.text("space", 1, Bounds.MAX_SPACE),
        fields.integer("baselineVersion", 0, Long.MAX_VALUE),
        fields.has("closeReason") ? fields.oneOf("closeReason", CloseReason.class) : null,
        fields.has("explanation")
            ? fields.text("explanation", 0, IncidentEvent.MAX_EXPLANATION)
            : "",
        fields.innerOrNull("cycle", IncidentCodec::readCycle));
  }

  private static Cycle readCycle(Fields fields) {
    return new Cycle(
        fields.decimal("usualSeconds", 0, Cycle.MAX_SECONDS),
        fields.decimal("currentSeconds", 0, Cycle.MAX_SECONDS),
        fields.decimal("phase", 0, 1));
  }

  private static Box readBox(Fields fields) {
    return new Box(
        (int) fields.integer("x", 0, FrameHeaders.MAX_SIDE),
        (int) fields.integer("y", 0, FrameHeaders.MAX_SIDE),
        (int) fields.integer("width", 0, FrameHeaders.MAX_SIDE),
        (int) fields.integer("height", 0, FrameHeaders.MAX_SIDE),
        fields.decimal("score", -Json.MAX_DECIMAL, Json.MAX_DECIMAL));
  }

  private static Heat readHeat(Fields fields) {
    return new Heat(
        (int) fields.integer("rows", 0, Heat.MAX_SIDE),
        (int) fields.integer("columns", 0, Heat.MAX_SIDE),
        fields.base64("values", Heat.MAX_SIDE * Heat.MAX_SIDE));
  }
}
