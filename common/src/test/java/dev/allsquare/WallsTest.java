package dev.allsquare;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.allsquare.testing.Walls;
import dev.allsquare.testing.WithoutTests;
import java.util.Map;
import java.util.Set;

/** The rooms of this jar, and who may know whom. */
@AnalyzeClasses(packages = "dev.allsquare", importOptions = WithoutTests.class)
class WallsTest {

  private static final String BASE = "dev.allsquare.";

  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          entry("message", Set.of()),
          entry("contract", Set.of()),
          entry("database", Set.of()),
          entry("web", Set.of("database")),
          entry("outbox", Set.of("message")),
          entry("inbox", Set.of("message", "outbox", "database")),
          entry("participant", Set.of("message", "inbox", "outbox")),
          entry("saga", Set.of("message", "inbox", "outbox", "database")),
          entry("kafka", Set.of("message", "inbox", "outbox")),
          entry("operator", Set.of("message", "outbox", "inbox", "saga", "web", "database")),
          entry("console", Set.of()), // it knows what the management port says, like anybody
          entry(
              "autoconfigure",
              Set.of(
                  "outbox",
                  "inbox",
                  "participant",
                  "saga",
                  "kafka",
                  "web",
                  "message",
                  "operator",
                  "console")));

  @ArchTest
  static void everyRoomKnowsOnlyWhomItMay(JavaClasses classes) {
    MAY_KNOW.forEach(
        (room, known) -> {
          var strangers = MAY_KNOW.keySet().stream().filter(r -> !r.equals(room));
          var forbidden = strangers.filter(r -> !known.contains(r)).map(r -> BASE + r + "..");
          noClasses()
              .that()
              .resideInAPackage(BASE + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden.toArray(String[]::new))
              .because("a room may know only " + known)
              .check(classes);
        });
  }

  @ArchTest
  static void thereAreNoOtherRooms(JavaClasses classes) {
    var rooms =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(BASE))
            .map(name -> name.substring(BASE.length()).split("\\.", 2)[0])
            .collect(toSet());
    assertThat(rooms).isEqualTo(MAY_KNOW.keySet());
  }

  @ArchTest
  static final ArchRule messageAndContractKnowTheJdkAlone =
      classes()
          .that()
          .resideInAnyPackage(BASE + "message..", BASE + "contract..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify.annotations..", BASE + "message..", BASE + "contract..");

  @ArchTest
  static final ArchRule onlyTheKafkaRoomKnowsKafka =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + "kafka..", BASE + "autoconfigure..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..");

  @ArchTest static final ArchTests everyJar = ArchTests.in(Walls.class);

  @ArchTest
  static final ArchRule onlyTheWebAndTheOperatorServeHttp =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              BASE + "web..", BASE + "operator..", BASE + "console..", BASE + "autoconfigure..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..");
}
