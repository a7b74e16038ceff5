package io.andon.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.andon.ingest", importOptions = ImportOption.DoNotIncludeTests.class)
class IngestWallsTest {
  @ArchTest
  static final ArchRule ONE_PACKAGE_KNOWS_GSTREAMER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.andon.ingest.gstreamer")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.freedesktop.gstreamer..", "com.sun.jna..");

  @ArchTest
  static final ArchRule CAMERAS_KNOW_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage("io.andon.ingest.camera", "io.andon.ingest.gstreamer")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "io.micrometer..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.andon.ingest.(*)..").should().beFreeOfCycles();
}
