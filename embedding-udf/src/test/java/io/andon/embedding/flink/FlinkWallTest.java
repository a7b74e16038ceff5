package io.andon.embedding.flink;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.andon.embedding",
    importOptions = ImportOption.DoNotIncludeTests.class)
class FlinkWallTest {
  @ArchTest
  static final ArchRule ONLY_THIS_PACKAGE_KNOWS_FLINK =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.andon.embedding.flink..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule THIS_PACKAGE_KNOWS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage("io.andon.embedding.flink..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.tensorflow..", "io.andon.embedding.tensorflow..");
}
