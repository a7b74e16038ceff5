package io.andon.job;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.andon.job", importOptions = ImportOption.DoNotIncludeTests.class)
class JobWallsTest {
  @ArchTest
  static final ArchRule NO_ENGINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.tensorflow..", "org.bytedeco..");

  @ArchTest
  static final ArchRule KAFKA_ONLY_AT_THE_ENDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.andon.job.kafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..");

  @ArchTest
  static final ArchRule ONLY_ASSEMBLY_KNOWS_CONFIGURATION =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.andon.job.detect..",
              "io.andon.job.events..",
              "io.andon.job.frames..",
              "io.andon.job.kafka..",
              "io.andon.job.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.andon.job.config..", "io.andon.config");
}
