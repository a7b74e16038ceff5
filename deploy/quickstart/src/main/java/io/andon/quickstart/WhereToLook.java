package io.andon.quickstart;

import io.andon.contracts.Topics;
import java.util.List;

/** Where the curious find more while the demo runs. */
final class WhereToLook {
  private WhereToLook() {}

  /** One line a place. */
  static List<String> lines(Ports ports, RunFolder folder) {
    String kcat = "kcat -b %s -C -o beginning -t %s";
    return List.of(
        "",
        "where to look",
        "  incidents     " + kcat.formatted(ports.bootstrapServers(), Topics.INCIDENTS),
        "  scores        " + kcat.formatted(ports.bootstrapServers(), Topics.SCORES),
        "  metrics       http://127.0.0.1:%d/metrics (ingest), http://127.0.0.1:%d/metrics (job)"
            .formatted(ports.ingest(), ports.job()),
        "  Flink web UI  http://127.0.0.1:" + ports.flink(),
        "  replay        make time-travel (another terminal; lists the incidents)",
        "  logs          " + folder.logs(),
        "");
  }
}
