package io.andon.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.Decoded.Rejected;
import io.andon.contracts.Decoded.Valid;
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
    return switch (verb) {
      case NORMAL -> new ControlCommand.Normal(id, camera, actsFrom);
      case REAL -> new ControlCommand.Real(id, camera, actsFrom);
      case FREEZE -> new ControlCommand.Freeze(id, camera, actsFrom);
      case UNFREEZE -> new ControlCommand.Unfreeze(id, camera, actsFrom);
      case RESET -> new ControlCommand.Reset(id, camera, actsFrom);
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
    }
    return Verb.SENSITIVITY;
  }

  private enum Verb implements WireNamed {
    NORMAL("normal"),
    REAL("real"),
    FREEZE("freeze"),
    UNFREEZE("unfreeze"),
    RESET("reset"),
    SENSITIVITY("sensitivity");

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
