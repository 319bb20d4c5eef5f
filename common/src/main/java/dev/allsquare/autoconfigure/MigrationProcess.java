package dev.allsquare.autoconfigure;

import dev.allsquare.autoconfigure.MigrationProperties.Mode;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Makes a service's own jar the program that migrates, or waits for it, and ends: nothing listens,
 * nothing is served or relayed, and no bean is made that the migration does not need.
 */
final class MigrationProcess implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    switch (environment.getProperty("allsquare.migration.mode", Mode.class, Mode.APPLY)) {
      case ONLY, WAIT -> doNothingElse(application);
      case APPLY, NONE -> {}
    }
  }

  private static void doNothingElse(SpringApplication application) {
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLazyInitialization(true);
    application.addInitializers(
        context ->
            context
                .getBeanFactory()
                .registerSingleton(
                    AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME, new NothingStarts()));
  }

  private static final class NothingStarts implements LifecycleProcessor {

    @Override
    public void onRefresh() {}

    @Override
    public void onClose() {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
      return false;
    }
  }
}
