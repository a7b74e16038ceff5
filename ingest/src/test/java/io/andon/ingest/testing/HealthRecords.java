package io.andon.ingest.testing;

import io.andon.contracts.HealthCodec;
import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.contracts.Topics;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What {@code andon.health} told so far, as a consumer sees it.
 *
 * @param events in the order of their camera's partition
 */
public record HealthRecords(List<HealthEvent> events) {
  /** Picks the health records out of those of all topics; one that can't be read is an error. */
  public static HealthRecords of(Collection<ConsumerRecord<byte[], byte[]>> records) {
    return new HealthRecords(
        records.stream()
            .filter(record -> record.topic().equals(Topics.HEALTH))
            .map(record -> HealthCodec.decode(record.value()).orElseThrow())
            .toList());
  }

  private List<HealthEvent> of(String camera) {
    return events.stream().filter(event -> event.camera().equals(camera)).toList();
  }

  /** Faults of a camera that began, whether or not they ended since. */
  public List<Fault> begun(String camera) {
    return of(camera).stream().filter(HealthEvent::active).map(HealthEvent::fault).toList();
  }

  /** Faults of a camera that are open. */
  public Set<Fault> open(String camera) {
    Set<Fault> open = EnumSet.noneOf(Fault.class);
    for (HealthEvent event : of(camera)) {
      if (event.active()) {
        open.add(event.fault());
      } else {
        open.remove(event.fault());
      }
    }
    return open;
  }

  /** What was said when a camera's first fault began. */
  public String firstDetail(String camera) {
    return of(camera).stream()
        .filter(HealthEvent::active)
        .map(HealthEvent::detail)
        .findFirst()
        .orElseThrow();
  }
}
