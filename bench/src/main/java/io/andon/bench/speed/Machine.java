package io.andon.bench.speed;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.detection.kernel.Kernels;
import io.andon.embedding.model.Model;
import io.andon.embedding.picture.turbojpeg.TurboJpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/** Hardware, versions and commit, without which a figure says nothing. */
final class Machine {
  private static final List<String> TELLING = List.of("avx2", "avx512_vnni", "avx512_bf16", "amx");

  private Machine() {}

  static void describe(ObjectNode to, Model model, String precision) throws IOException {
    List<String> cpu = cpuInfo();
    to.put("cpu", value(cpu, "model name"));
    List<String> flags = Arrays.asList(value(cpu, "flags").split(" "));
    to.put(
        "instructions",
        String.join(
            " ",
            TELLING.stream().filter(t -> flags.stream().anyMatch(f -> f.startsWith(t))).toList()));
    to.put("cores", Runtime.getRuntime().availableProcessors());
    to.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    to.put("java", System.getProperty("java.vm.version"));
    to.put("flink", EnvironmentInformation.getVersion());
    to.put("kafka", AppInfoParser.getVersion());
    to.put("tensorflow", Engine.getEngine("TensorFlow").getVersion());
    to.put("model", model.descriptor().idAndVersion());
    to.put("precision", precision);
    to.put("decoder", TurboJpeg.isInstalled() ? "libjpeg-turbo" : "JDK");
    to.put("detection", Kernels.best().name());
    to.put("commit", System.getProperty("andon.commit", "unknown"));
  }

  private static List<String> cpuInfo() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    return Files.isReadable(info) ? Files.readAllLines(info) : List.of();
  }

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }
}
