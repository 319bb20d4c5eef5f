package dev.allsquare.payment;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;

@AnalyzeClasses(packages = "dev.allsquare", importOptions = ImportOption.DoNotIncludeTests.class)
class PaymentArchitectureTest {

  private static final String ROOMS = "dev.allsquare.payment..";

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("dev.allsquare.payment.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule webAndCommandsMeetInTheDomainOnly =
      slices()
          .matching("dev.allsquare.payment.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(alwaysTrue(), resideInAPackage("dev.allsquare.payment.domain"));

  @ArchTest
  static final ArchRule theDomainKnowsNeitherTheLogNorTheWebNorTheEngine =
      noClasses()
          .that()
          .resideInAPackage("..payment.domain..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.springframework.kafka..",
              "org.springframework.web..",
              "org.springframework.http..",
              "jakarta.servlet..",
              "tools.jackson..",
              "dev.allsquare.kafka..",
              "dev.allsquare.web..",
              "dev.allsquare.outbox..",
              "dev.allsquare.inbox..",
              "dev.allsquare.participant..",
              "dev.allsquare.saga..");

  @ArchTest
  static final ArchRule nobodyImportsKafkaOrTheWiringOrSagas =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.springframework.kafka..",
              "dev.allsquare.kafka..",
              "dev.allsquare.autoconfigure..",
              "dev.allsquare.saga..");

  @ArchTest
  static final ArchRule servicesDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage(ROOMS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.allsquare.inventory..", "dev.allsquare.order..");

  @ArchTest
  static final ArchRule onlyTheDomainIsPublic =
      classes()
          .that()
          .resideInAnyPackage("..payment.web..", "..payment.commands..")
          .should()
          .notBePublic();

  @ArchTest
  static final ArchRule aggregatesHaveNoSetters =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Entity.class)
          .should()
          .haveNameStartingWith("set");

  @ArchTest
  static final ArchRule aggregatesAreNeverSent =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage("..payment.web..")
          .should()
          .haveRawType(annotatedWith(Entity.class));
}
