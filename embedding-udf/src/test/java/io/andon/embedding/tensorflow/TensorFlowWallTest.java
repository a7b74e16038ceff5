package io.andon.embedding.tensorflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.andon.embedding",
    importOptions = ImportOption.DoNotIncludeTests.class)
class TensorFlowWallTest {
  @ArchTest
  static final ArchRule ONLY_THIS_PACKAGE_KNOWS_DJL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.andon.embedding.tensorflow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.bytedeco..");

  @ArchTest
  static final ArchRule TWO_PACKAGES_CALL_NATIVE_CODE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.andon.embedding.tensorflow..", "io.andon.embedding.picture.turbojpeg..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule ONLY_THE_IMPORTER_ALSO_KNOWS_TENSORFLOWS_MESSAGES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.andon.embedding.tensorflow..", "io.andon.embedding.model.importer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule THE_IMPORTER_RUNS_NO_TENSORFLOW =
      noClasses()
          .that()
          .resideInAPackage("io.andon.embedding.model.importer..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "belong to TensorFlow but are no messages",
                  type ->
                      type.getPackageName().startsWith("org.tensorflow")
                          && !type.getPackageName().startsWith("org.tensorflow.proto")));

  @ArchTest
  static final ArchRule PICTURES_AND_DESCRIPTORS_KNOW_NO_ENGINE =
      noClasses()
          .that()
          .resideInAnyPackage("io.andon.embedding.picture..", "io.andon.embedding.model")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.andon.embedding.tensorflow..", "com.google.protobuf..");
}
