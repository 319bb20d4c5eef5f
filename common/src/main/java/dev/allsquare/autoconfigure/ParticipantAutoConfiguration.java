package dev.allsquare.autoconfigure;

import dev.allsquare.participant.ParticipantConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Import;

/** Wires the participant room; without participants it has nothing to do. */
@AutoConfiguration(after = InboxAutoConfiguration.class)
@ConditionalOnBean(DataSource.class)
@Import(ParticipantConfiguration.class)
class ParticipantAutoConfiguration {}
