package dev.allsquare.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** What holds in every jar. */
public final class Walls {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.allsquare.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(
              new ArchCondition<>("live in a @NullMarked package") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                  var home = item.getPackage();
                  if (!home.isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(item, home.getName() + " is not"));
                  }
                }
              });

  private Walls() {}
}
