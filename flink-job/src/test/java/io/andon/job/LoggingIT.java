package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.slf4j.impl.StaticLoggerBinder;

/** Flink, Kafka and DJL log through one binding. */
class LoggingIT {
  @Test
  void theirLinesMeetInTheOneBinding() throws Exception {
    Kept kept = new Kept();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    kept.start();
    context.getConfiguration().getRootLogger().addAppender(kept, null, null);
    Configurator.setRootLevel(Level.INFO);
    Configurator.setLevel("ai.djl", Level.DEBUG);
    try {
      TestJob.run(new MemoryEnds(List.of(LineFrames.frame("line-a", 0, false)), List.of()), 1);
      new org.apache.kafka.clients.producer.ProducerConfig(
          java.util.Map.of(
              "bootstrap.servers", "127.0.0.1:1",
              "key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
              "value.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer"));
      Class.forName("ai.djl.engine.Engine"); // tells which engines it finds
    } finally {
      context.getConfiguration().getRootLogger().removeAppender("kept");
      Configurator.setRootLevel(Level.WARN);
      Configurator.setLevel("ai.djl", Level.WARN);
    }

    assertThat(StaticLoggerBinder.getSingleton().getLoggerFactoryClassStr())
        .startsWith("org.apache.logging.slf4j");
    assertThat(kept.loggers).anyMatch(name -> name.startsWith("org.apache.flink."));
    assertThat(kept.loggers).anyMatch(name -> name.startsWith("org.apache.kafka."));
    assertThat(kept.loggers).anyMatch(name -> name.startsWith("ai.djl."));
  }

  private static final class Kept extends AbstractAppender {
    private final List<String> loggers = new CopyOnWriteArrayList<>();

    Kept() {
      super("kept", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      loggers.add(event.getLoggerName());
    }
  }
}
