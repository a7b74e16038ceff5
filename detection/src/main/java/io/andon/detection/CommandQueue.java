package io.andon.detection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Commands that wait for the frame from which they act, in the order of the times from which they
 * may, then of arrival. Bounded; ids of the latest commands are remembered so that a redelivery
 * does nothing.
 *
 * <p>A command acts neither on frames captured before the time it names nor on frames that were
 * written before the command was: a restart, which reads commands again before the frames that the
 * run before had judged without them, gives every frame the same commands.
 */
final class CommandQueue {
  static final int MAX_WAITING = 64;
  static final int MAX_REMEMBERED = 256;
  private static final int MAX_ID_BYTES = 1_024;

  private static final int FIRST_VERSION_WITH_GIVEN = 6;

  /**
   * A command that waits.
   *
   * @param givenMicros when it was written to its log, microseconds since the epoch
   */
  private record Waiting(Command command, long givenMicros) {
    long mayActFromMicros() {
      return Math.max(command.actsFromMicros(), givenMicros);
    }

    boolean isDue(long capturedMicros, long loggedMicros) {
      return command.actsFromMicros() <= capturedMicros && givenMicros <= loggedMicros;
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();
  private final Deque<String> remembered = new ArrayDeque<>();

  CommandReceipt accept(Command command, long givenMicros) {
    if (remembered.contains(command.id())) {
      return CommandReceipt.DUPLICATE;
    }
    if (waiting.size() >= MAX_WAITING) {
      return CommandReceipt.QUEUE_FULL;
    }
    remember(command.id());
    Waiting entry = new Waiting(command, givenMicros);
    int at = waiting.size();
    while (at > 0 && waiting.get(at - 1).mayActFromMicros() > entry.mayActFromMicros()) {
      at--;
    }
    waiting.add(at, entry);
    return CommandReceipt.QUEUED;
  }

  /**
   * Takes the commands that act from a frame.
   *
   * @param capturedMicros when it was captured
   * @param loggedMicros when it was written to its log
   */
  List<Command> takeDue(long capturedMicros, long loggedMicros) {
    List<Command> due = new ArrayList<>();
    for (Iterator<Waiting> entries = waiting.iterator(); entries.hasNext(); ) {
      Waiting entry = entries.next();
      if (entry.isDue(capturedMicros, loggedMicros)) {
        due.add(entry.command);
        entries.remove();
      }
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
      out.putLong(entry.givenMicros);
    }
    out.putInt(remembered.size());
    for (String id : remembered) {
      out.putText(id);
    }
  }

  void read(SnapshotReader in) throws SnapshotException {
    int commands = in.takeInt("waiting commands", 0, MAX_WAITING);
    for (int i = 0; i < commands; i++) {
      waiting.add(new Waiting(readCommand(in), readGiven(in)));
    }
    int ids = in.takeInt("remembered commands", 0, MAX_REMEMBERED);
    for (int i = 0; i < ids; i++) {
      remembered.addLast(in.takeText("command id", MAX_ID_BYTES));
    }
  }

  /** Before there was such a time, a flag told whether the command had come late. */
  private static long readGiven(SnapshotReader in) throws SnapshotException {
    if (in.version() < FIRST_VERSION_WITH_GIVEN) {
      in.takeBoolean();
      return Long.MIN_VALUE;
    }
    return in.takeLong();
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
