package dev.allsquare.order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.allsquare", importOptions = ImportOption.DoNotIncludeTests.class)
class OrderArchitectureTest {

  private static final String ROOMS = "dev.allsquare.order..";

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("dev.allsquare.order.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyPlacingAndCancellingKnowSagas =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .and()
          .resideOutsideOfPackages("..order.placing..", "..order.cancelling..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.allsquare.saga..");

  @ArchTest
  static final ArchRule theDomainKnowsNeitherTheLogNorTheWebNorTheEngine =
      noClasses()
          .that()
          .resideInAPackage("..order.domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.springframework.kafka..",
              "org.springframework.web..",
              "jakarta.servlet..",
              "dev.allsquare.kafka..",
              "dev.allsquare.web..",
              "dev.allsquare.outbox..",
              "dev.allsquare.inbox..",
              "dev.allsquare.participant..",
              "dev.allsquare.saga..",
              "dev.allsquare.order.web..",
              "dev.allsquare.order.placing..",
              "dev.allsquare.order.cancelling..",
              "dev.allsquare.order.catalog..");

  @ArchTest
  static final ArchRule nobodyImportsKafka =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..", "org.springframework.kafka..", "dev.allsquare.kafka..");

  @ArchTest
  static final ArchRule nobodyImportsTheWiring =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.allsquare.autoconfigure..");

  @ArchTest
  static final ArchRule servicesDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.allsquare.payment..", "dev.allsquare.inventory..");

  @ArchTest
  static final ArchRule theWebIsPrivate =
      classes().that().resideInAPackage("..order.web..").should().notBePublic();
}
