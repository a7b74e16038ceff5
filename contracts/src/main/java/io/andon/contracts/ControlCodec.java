package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.Decoded.Rejected;
import io.andon.contracts.Decoded.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of {@code andon.control}: JSON, keyed by camera. People write them, so it is strict. */
public final class ControlCodec {
  private ControlCodec() {}

  /** The command as a record. */
  public static EncodedRecord encode(ControlCommand command) {
    ObjectNode json =
        Json.versioned()
            .put("id", command.id())
            .put("camera", command.camera())
            .put("command", verb(command).wireName())
            .put("actsFromMicros", command.actsFromMicros());
    if (command instanceof ControlCommand.Sensitivity sensitivity) {
      json.set("falseAlarmsPerDay", Json.decimal(sensitivity.falseAlarmsPerDay()));
    } else if (command instanceof ControlCommand.Normal normal) {
      putRegion(json, normal.region());
    } else if (command instanceof ControlCommand.Real real) {
      putRegion(json, real.region());
    } else if (command instanceof ControlCommand.Undo undo) {
      json.put("minutes", undo.minutes());
    }
    return JsonRecords.keyedByCamera(Topics.CONTROL, command.camera(), json);
  }

  /**
   * Reads a command; never throws.
   *
   * @param key the record's key: must be the camera, or the command would not meet its frames
   * @param value the record's value
   * @return the command, or a rejection as {@link DeadLetterReason#BAD_KEY}, {@link
   *     DeadLetterReason#UNKNOWN_VERSION} or {@link DeadLetterReason#BAD_COMMAND} that tells every
   *     problem at once
   */
  public static Decoded<ControlCommand> decode(byte @Nullable [] key, byte @Nullable [] value) {
    Decoded<ControlCommand> decoded =
        Json.decode(value, DeadLetterReason.BAD_COMMAND, ControlCodec::read);
    if (decoded instanceof Valid<ControlCommand> valid
        && !CameraId.fromKey(key).filter(valid.value().camera()::equals).isPresent()) {
      return new Rejected<>(
          DeadLetterReason.BAD_KEY, "key must be the camera, " + valid.value().camera());
    }
    return decoded;
  }

  private static ControlCommand read(Fields fields) {
    String id = fields.matching("id", ControlCommand.ID_PATTERN, Bounds.MAX_ID);
    String camera = fields.camera("camera");
    Verb verb = fields.oneOf("command", Verb.class);
    long actsFrom = fields.integer("actsFromMicros", 0, Bounds.MAX_MICROS);
    requireOwnFields(fields, verb);
    return switch (verb) {
      case NORMAL -> new ControlCommand.Normal(id, camera, actsFrom, readRegion(fields));
      case REAL -> new ControlCommand.Real(id, camera, actsFrom, readRegion(fields));
      case FREEZE -> new ControlCommand.Freeze(id, camera, actsFrom);
      case UNFREEZE -> new ControlCommand.Unfreeze(id, camera, actsFrom);
      case UNDO ->
          new ControlCommand.Undo(
              id,
              camera,
              actsFrom,
              (int) fields.integer("minutes", 1, ControlCommand.MAX_UNDO_MINUTES));
      case RESET -> new ControlCommand.Reset(id, camera, actsFrom);
      case RETIRE -> new ControlCommand.Retire(id, camera, actsFrom);
      case SENSITIVITY ->
          new ControlCommand.Sensitivity(
              id,
              camera,
              actsFrom,
              fields.decimal(
                  "falseAlarmsPerDay",
                  ControlCommand.MIN_FALSE_ALARMS_PER_DAY,
                  ControlCommand.MAX_FALSE_ALARMS_PER_DAY));
    };
  }

  /** What means something for another command only: its sender wants less than this would do. */
  private static void requireOwnFields(Fields fields, Verb verb) {
    if (verb != Verb.NORMAL && verb != Verb.REAL) {
      fields.requireEmpty("region", "with normal and real only");
    }
    if (verb != Verb.UNDO) {
      fields.requireEmpty("minutes", "with undo only");
    }
    if (verb != Verb.SENSITIVITY) {
      fields.requireEmpty("falseAlarmsPerDay", "with sensitivity only");
    }
  }

  private static void putRegion(ObjectNode json, List<ControlCommand.Box> region) {
    if (region.isEmpty()) {
      return;
    }
    ArrayNode boxes = json.putArray("region");
    for (ControlCommand.Box box : region) {
      boxes
          .addObject()
          .put("x", box.x())
          .put("y", box.y())
          .put("width", box.width())
          .put("height", box.height());
    }
  }

  private static List<ControlCommand.Box> readRegion(Fields fields) {
    return fields.has("region")
        ? fields.list("region", ControlCommand.MAX_BOXES, ControlCodec::readBox)
        : List.of();
  }

  private static ControlCommand.Box readBox(Fields fields) {
    return new ControlCommand.Box(
        (int) fields.integer("x", 0, FrameHeaders.MAX_SIDE),
        (int) fields.integer("y", 0, FrameHeaders.MAX_SIDE),
        (int) fields.integer("width", 1, FrameHeaders.MAX_SIDE),
        (int) fields.integer("height", 1, FrameHeaders.MAX_SIDE));
  }

  private static Verb verb(ControlCommand command) {
    if (command instanceof ControlCommand.Normal) {
      return Verb.NORMAL;
    } else if (command instanceof ControlCommand.Real) {
      return Verb.REAL;
    } else if (command instanceof ControlCommand.Freeze) {
      return Verb.FREEZE;
    } else if (command instanceof ControlCommand.Unfreeze) {
      return Verb.UNFREEZE;
    } else if (command instanceof ControlCommand.Reset) {
      return Verb.RESET;
    } else if (command instanceof ControlCommand.Undo) {
      return Verb.UNDO;
    } else if (command instanceof ControlCommand.Retire) {
      return Verb.RETIRE;
    }
    return Verb.SENSITIVITY;
  }

  private enum Verb implements WireNamed {
    NORMAL("normal"),
    REAL("real"),
    FREEZE("freeze"),
    UNFREEZE("unfreeze"),
    RESET("reset"),
    SENSITIVITY("sensitivity"),
    UNDO("undo"),
    RETIRE("retire");

    private final String wireName;

    Verb(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }
}
