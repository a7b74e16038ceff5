package io.andon.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.andon.config", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
  @ArchTest
  static final ArchRule CONFIG_KNOWS_YAML_JSON_AND_SCHEMAS_ALONE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify.annotations..",
              "com.fasterxml.jackson..",
              "com.networknt.schema..",
              "org.yaml.snakeyaml..",
              "javax.crypto..",
              "javax.net.ssl..",
              "io.andon.config..");

  /** It lies in the cluster's lib/ without what the rest needs. */
  @ArchTest
  static final ArchRule PEM_FILES_NEED_THE_JDK_ALONE =
      classes()
          .that()
          .resideInAPackage("io.andon.config.tls")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "javax.net.ssl..",
              "org.jspecify.annotations..",
              "io.andon.config.tls");

  @ArchTest
  static final ArchRule CALLERS_NEVER_MEET_THE_VALIDATOR =
      noClasses()
          .that()
          .arePublic()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.networknt.schema..");
}
