package io.andon.detection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Commands that wait for the frame from which they act, in the order of the times they name, then
 * of arrival. Bounded; ids of the latest commands are remembered so that a redelivery does nothing.
 */
final class CommandQueue {
  static final int MAX_WAITING = 64;
  static final int MAX_REMEMBERED = 256;
  private static final int MAX_ID_BYTES = 1_024;

  record Waiting(Command command, boolean late) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private final Deque<String> remembered = new ArrayDeque<>();

  CommandReceipt accept(Command command, long lastCapturedMicros) {
    if (remembered.contains(command.id())) {
      return CommandReceipt.DUPLICATE;
    }
    if (waiting.size() >= MAX_WAITING) {
      return CommandReceipt.QUEUE_FULL;
    }
    remember(command.id());
    int at = waiting.size();
    while (at > 0 && waiting.get(at - 1).command.actsFromMicros() > command.actsFromMicros()) {
      at--;
    }
    waiting.add(at, new Waiting(command, command.actsFromMicros() <= lastCapturedMicros));
    return CommandReceipt.QUEUED;
  }

  /** Takes the commands that act from a frame captured at this time. */
  List<Waiting> takeDue(long capturedMicros) {
    List<Waiting> due = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.get(0).command.actsFromMicros() <= capturedMicros) {
      due.add(waiting.remove(0));
    }
    return due;
  }

  private void remember(String id) {
    remembered.addLast(id);
    if (remembered.size() > MAX_REMEMBERED) {
      remembered.removeFirst();
    }
  }

  void write(SnapshotWriter out) {
    out.putInt(waiting.size());
    for (Waiting entry : waiting) {
      writeCommand(out, entry.command);
      out.putBoolean(entry.late);
    }
    out.putInt(remembered.size());
    for (String id : remembered) {
      out.putText(id);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    int commands = in.takeInt("waiting commands", 0, MAX_WAITING);
    for (int i = 0; i < commands; i++) {
      waiting.add(new Waiting(readCommand(in), in.takeBoolean()));
    }
    int ids = in.takeInt("remembered commands", 0, MAX_REMEMBERED);
    for (int i = 0; i < ids; i++) {
      remembered.addLast(in.takeText("command id", MAX_ID_BYTES));
    }
  }

  private static void writeCommand(SnapshotWriter out, Command command) {
    out.putText(command.id());
    out.putLong(command.actsFromMicros());
    if (command instanceof Command.Normal normal) {
      out.putInt(0);
      writeRegion(out, normal.region());
    } else if (command instanceof Command.Real real) {
      out.putInt(1);
      writeRegion(out, real.region());
    } else if (command instanceof Command.Freeze freeze) {
      out.putInt(2);
      out.putBoolean(freeze.frozen());
    } else if (command instanceof Command.Reset) {
      out.putInt(3);
    } else if (command instanceof Command.Sensitivity sensitivity) {
      out.putInt(4);
      out.putDouble(sensitivity.falseAlarmsPerDay());
    } else if (command instanceof Command.Undo undo) {
      out.putInt(5);
      out.putInt(undo.minutes());
    }
  }

  private static void writeRegion(SnapshotWriter out, List<Region> region) {
    out.putInt(region.size());
    for (Region box : region) {
      box.write(out);
    }
  }

  private static List<Region> readRegion(SnapshotReader in) throws SnapshotException {
    List<Region> region = new ArrayList<>();
    int boxes = in.version() < 2 ? 0 : in.takeInt("boxes of a region", 0, Region.MAX_BOXES);
    for (int i = 0; i < boxes; i++) {
      region.add(Region.read(in));
    }
    return region;
  }

  private static Command readCommand(SnapshotReader in) throws SnapshotException {
    String id = in.takeText("command id", MAX_ID_BYTES);
    long actsFrom = in.takeLong();
    if (id.isEmpty() || id.length() > Command.MAX_ID_CHARACTERS) {
      throw SnapshotReader.corrupt("command id has " + id.length() + " characters");
    }
    return switch (in.takeInt("command kind", 0, in.version() < 2 ? 4 : 5)) {
      case 0 -> new Command.Normal(id, actsFrom, readRegion(in));
      case 1 -> new Command.Real(id, actsFrom, readRegion(in));
      case 2 -> new Command.Freeze(id, actsFrom, in.takeBoolean());
      case 3 -> new Command.Reset(id, actsFrom);
      case 4 -> new Command.Sensitivity(id, actsFrom, budget(in.takeDouble()));
      default -> new Command.Undo(id, actsFrom, in.takeInt("minutes", 1, Command.MAX_UNDO_MINUTES));
    };
  }

  /** Checks a false-alarm budget that was read. */
  static double budget(double value) throws SnapshotException {
    if (!(value > 0 && value <= 10_000)) {
      throw SnapshotReader.corrupt("falseAlarmsPerDay is " + value);
    }
    return value;
  }
}
