package io.andon.bench.speed;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time and allocation of this process by stage: Java threads by name, decoding by itself, as
 * the model's threads may do it, the JVM's own threads by the kernel's names, and what is left is
 * TensorFlow's.
 */
final class CpuLedger {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final List<String> COMPILERS = List.of("C1 Compiler", "C2 Compiler", "Sweeper");
  private static final List<String> JVM_THREADS =
      List.of("GC Thread", "G1 ", "VM Thread", "VM Periodic");

  private record Usage(long cpuNanos, long allocatedBytes) {}

  private final Map<Long, Usage> threads = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final NativeThreads jvm;
  private final NativeThreads compilers;
  private final long processNanos;
  private final long decodeNanos = MeasuredDecoder.cpuNanos();

  private CpuLedger(NativeThreads jvm, NativeThreads compilers, long processNanos) {
    this.jvm = jvm;
    this.compilers = compilers;
    this.processNanos = processNanos;
  }

  /** The state of the books now. */
  static CpuLedger now() throws IOException {
    CpuLedger ledger =
        new CpuLedger(
            NativeThreads.named(JVM_THREADS),
            NativeThreads.named(COMPILERS),
            SYSTEM.getProcessCpuTime());
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        long id = thread.getThreadId();
        ledger.names.put(id, thread.getThreadName());
        ledger.threads.put(
            id,
            new Usage(
                Math.max(0, THREADS.getThreadCpuTime(id)),
                Math.max(0, THREADS.getThreadAllocatedBytes(id))));
      }
    }
    return ledger;
  }

  /** CPU milliseconds by stage since an earlier state; threads that ended count as the model's. */
  Map<Stage, Double> cpuMillisSince(CpuLedger before, StageSamples samples) {
    Map<Stage, Double> millis = new EnumMap<>(Stage.class);
    double java = 0;
    for (Map.Entry<Long, Usage> thread : threads.entrySet()) {
      double spent = (thread.getValue().cpuNanos - before.of(thread.getKey()).cpuNanos) / 1e6;
      java += spent;
      String name = names.getOrDefault(thread.getKey(), "");
      samples
          .shares(name)
          .forEach((stage, share) -> millis.merge(stage, spent * share, Double::sum));
    }
    double decode = (decodeNanos - before.decodeNanos) / 1e6;
    millis.merge(Stage.EMBED, -decode, Double::sum);
    millis.merge(Stage.DECODE, decode, Double::sum);
    double upkeep = jvm.nanosSince(before.jvm) / 1e6;
    millis.merge(Stage.JVM, upkeep, Double::sum);
    double compiler = compilerSecondsSince(before) * 1e3;
    millis.merge(Stage.COMPILER, compiler, Double::sum);
    double process = (processNanos - before.processNanos) / 1e6;
    millis.merge(Stage.EMBED, Math.max(0, process - java - upkeep - compiler), Double::sum);
    return millis;
  }

  /** CPU time of the whole process since an earlier state. */
  double processSecondsSince(CpuLedger before) {
    return (processNanos - before.processNanos) / 1e9;
  }

  /** CPU time of the JIT compilers since an earlier state. */
  double compilerSecondsSince(CpuLedger before) {
    return compilers.nanosSince(before.compilers) / 1e9;
  }

  /** CPU time of broker, load and reader since an earlier state. */
  double surroundingsSecondsSince(CpuLedger before) {
    return threads.entrySet().stream()
            .filter(thread -> stage(thread.getKey()) == Stage.SURROUNDINGS)
            .mapToLong(thread -> thread.getValue().cpuNanos - before.of(thread.getKey()).cpuNanos)
            .sum()
        / 1e9;
  }

  private Stage stage(long thread) {
    return Stage.ofThread(names.getOrDefault(thread, ""));
  }

  /** Bytes allocated on the heap by the job's threads since an earlier state. */
  long allocatedSince(CpuLedger before) {
    return threads.entrySet().stream()
        .filter(thread -> stage(thread.getKey()) != Stage.SURROUNDINGS)
        .mapToLong(
            thread -> thread.getValue().allocatedBytes - before.of(thread.getKey()).allocatedBytes)
        .sum();
  }

  private Usage of(long thread) {
    return threads.getOrDefault(thread, new Usage(0, 0));
  }
}
