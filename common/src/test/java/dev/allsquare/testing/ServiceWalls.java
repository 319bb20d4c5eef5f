package dev.allsquare.testing;

import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.persistence.Entity;
import java.util.List;

/** The rooms of a service, and who may know whom. */
public final class ServiceWalls {

  private static final List<String> SERVICES = List.of("order", "payment", "inventory");
  private static final String SERVICE = "dev.allsquare.[order|payment|inventory]..";
  private static final String WEB = "dev.allsquare.*.web..";
  private static final String DOMAIN = "dev.allsquare.*.domain..";

  @ArchTest static final ArchTests everyJar = ArchTests.in(Walls.class);

  @ArchTest
  static void servicesDoNotKnowEachOther(JavaClasses classes) {
    for (var service : SERVICES) {
      var others = SERVICES.stream().filter(it -> !it.equals(service));
      noClasses()
          .that()
          .resideInAPackage("dev.allsquare." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others.map(it -> "dev.allsquare." + it + "..").toArray(String[]::new))
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule nobodyImportsKafkaOrTheWiring =
      noClasses()
          .that()
          .resideInAPackage(SERVICE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.springframework.kafka..",
              "dev.allsquare.[kafka|autoconfigure]..");

  @ArchTest
  static final ArchRule onlyPlacingAndCancellingKnowSagas =
      noClasses()
          .that()
          .resideInAPackage(SERVICE)
          .and()
          .resideOutsideOfPackage("dev.allsquare.order.[placing|cancelling]..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.allsquare.saga..");

  @ArchTest
  static final ArchRule theDomainKnowsNeitherTheLogNorTheWebNorTheEngine =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.[web|http]..",
              "jakarta.servlet..",
              "tools.jackson..",
              "dev.allsquare.[web|outbox|inbox|participant]..");

  @ArchTest
  static final ArchRule theDomainKnowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.allsquare.*.[web|commands|placing|cancelling|catalog|gateway]..");

  @ArchTest
  static final ArchRule nobodyKnowsTheWeb =
      noClasses()
          .that()
          .resideOutsideOfPackage(WEB)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(WEB);

  @ArchTest
  static final ArchRule theWebDoesNotKnowTheCommands =
      noClasses()
          .that()
          .resideInAPackage(WEB)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.allsquare.*.commands..");

  @ArchTest
  static final ArchRule webAndCommandsArePrivate =
      classes().that().resideInAPackage("dev.allsquare.*.[web|commands]..").should().notBePublic();

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
          .resideInAPackage(WEB)
          .should()
          .haveRawType(annotatedWith(Entity.class));

  private ServiceWalls() {}
}
