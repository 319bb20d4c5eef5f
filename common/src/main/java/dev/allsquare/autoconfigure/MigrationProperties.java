package dev.allsquare.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who brings the schema to the version this code needs.
 *
 * @param mode what this process does about it
 * @param grantTo the database role the service works under where another one migrates; it gets what
 *     the service needs and no more
 * @param timeout how long {@link Mode#WAIT} waits for the one that migrates
 */
@ConfigurationProperties("allsquare.migration")
record MigrationProperties(
    @DefaultValue("apply") Mode mode,
    @Nullable String grantTo,
    @DefaultValue("5m") Duration timeout) {

  enum Mode {
    /** Migrates before the service starts: for a service that owns its schema. */
    APPLY,
    /** Migrates and ends. */
    ONLY,
    /** Waits until somebody else has migrated, and ends. */
    WAIT,
    /** Starts the service and relies on somebody else. */
    NONE
  }
}
