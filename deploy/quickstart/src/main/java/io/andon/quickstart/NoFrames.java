package io.andon.quickstart;

import io.andon.contracts.HealthEvent;
import java.util.Collection;
import java.util.stream.Collectors;

/** Says why no frame comes, and what a user can do about it. */
final class NoFrames {
  private NoFrames() {}

  /**
   * What is wrong with the cameras, in a line.
   *
   * @param faults those that have begun and not ended
   */
  static String because(Collection<HealthEvent> faults) {
    return faults.stream()
        .map(fault -> ": %s is %s%s".formatted(fault.camera(), name(fault), advice(fault)))
        .collect(Collectors.joining());
  }

  private static String name(HealthEvent fault) {
    return fault.fault().wireName();
  }

  private static String advice(HealthEvent fault) {
    return switch (fault.fault()) {
      case UNREACHABLE ->
          ", '%s'; are host, port and path of its address right, and does this machine reach it?"
              .formatted(fault.detail());
      case UNAUTHORIZED ->
          "; give its user by CAMERA_USER=name, and its password in ANDON_CAMERA_PASSWORD or at the"
              + " prompt";
      default -> "";
    };
  }
}
