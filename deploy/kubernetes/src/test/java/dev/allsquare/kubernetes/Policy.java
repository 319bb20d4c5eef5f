package dev.allsquare.kubernetes;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What must hold of the objects of every overlay; each tells who breaks it. */
@SuppressWarnings("ImmutableEnumChecker") // each check is a reference to a static method
enum Policy {
  PODS_ARE_LOCKED_DOWN(PodPolicies::podsAreLockedDown),
  CONTAINERS_ARE_LOCKED_DOWN(PodPolicies::containersAreLockedDown),
  SCRATCH_SPACE_IS_BOUNDED(PodPolicies::scratchSpaceIsBounded),
  THE_NAMESPACE_REFUSES_OTHERS(PodPolicies::theNamespaceRefusesOthers),
  IMAGES_ARE_THE_BUILDS(PodPolicies::imagesAreTheBuilds),
  OPERATORS_RUN_THE_SAME_SERVERS(PodPolicies::operatorsRunTheSameServers),
  NO_REPLICA_IS_MISSED_WHILE_ROLLING(RolloutPolicies::noReplicaIsMissedWhileRolling),
  A_DRAINED_NODE_TAKES_ONE_REPLICA_AT_MOST(RolloutPolicies::aDrainedNodeTakesOneReplicaAtMost),
  REPLICAS_ARE_SPREAD(RolloutPolicies::replicasAreSpread),
  PROBES_ASK_THE_RIGHT_QUESTIONS(RolloutPolicies::probesAskTheRightQuestions),
  LIVENESS_LOOKS_AT_NOTHING_ELSE(RolloutPolicies::livenessLooksAtNothingElse),
  THERE_IS_TIME_TO_STOP(RolloutPolicies::thereIsTimeToStop),
  NOBODY_IS_SENT_TO_A_STOPPING_POD(RolloutPolicies::nobodyIsSentToAStoppingPod),
  ONE_DECIDES_HOW_MANY_THERE_ARE(RolloutPolicies::oneDecidesHowManyThereAre),
  SCALERS_SCALE_WHAT_IS_THERE(RolloutPolicies::scalersScaleWhatIsThere),
  SELECTORS_MATCH_THEIR_PODS(WiringPolicies::selectorsMatchTheirPods),
  SERVICES_REACH_ONE_WORKLOAD(WiringPolicies::servicesReachOneWorkload),
  SERVICES_NAME_PORTS_THAT_ARE_THERE(WiringPolicies::servicesNamePortsThatAreThere),
  PORTS_ARE_THE_CODES(WiringPolicies::portsAreTheCodes),
  CONFIGURATION_IS_THERE_AND_NEVER_CHANGES(WiringPolicies::configurationIsThereAndNeverChanges),
  SECRETS_COME_FROM_OUTSIDE(WiringPolicies::secretsComeFromOutside),
  SECRETS_ARE_MADE_BY_SOMEBODY(WiringPolicies::secretsAreMadeBySomebody),
  MOUNTS_AND_ACCOUNTS_ARE_THERE(WiringPolicies::mountsAndAccountsAreThere),
  ONLY_THE_REST_IS_PUBLIC(GatewayPolicies::onlyTheRestIsPublic),
  ALL_OF_THE_REST_IS_PUBLIC(GatewayPolicies::allOfTheRestIsPublic),
  EVERY_KEY_IS_KNOWN(ConfigPolicies::everyKeyIsKnown),
  EVERY_SECRET_FILE_IS_A_KNOWN_KEY(ConfigPolicies::everySecretFileIsAKnownKey),
  WHAT_THE_CODE_NEEDS_IS_THERE(ConfigPolicies::whatTheCodeNeedsIsThere),
  ORDER_SERVICE_FINDS_THE_OTHERS(ConfigPolicies::orderServiceFindsTheOthers),
  THE_IMAGES_SIZE_THE_HEAP(ConfigPolicies::theImagesSizeTheHeap),
  EVERY_ADDRESS_IS_A_SERVICE(ConfigPolicies::everyAddressIsAService),
  ROLES_ARE_PARTED(MigrationPolicies::rolesAreParted),
  EVERY_VERSION_HAS_ITS_MIGRATION(MigrationPolicies::everyVersionHasItsMigration),
  MIGRATIONS_CHANGE_WITH_THE_VERSION_ONLY(MigrationPolicies::migrationsChangeWithTheVersionOnly),
  CONNECTIONS_FIT(ConfigPolicies::connectionsFit),
  THE_EDGES_ARE_THE_DESIGNS(NetworkPolicies::theEdgesAreTheDesigns),
  EVERY_TOPIC_IS_THERE(MessagingPolicies::everyTopicIsThere),
  TOPICS_LOSE_NOTHING(MessagingPolicies::topicsLoseNothing),
  PARTITIONS_ARE_THE_CODES(MessagingPolicies::partitionsAreTheCodes),
  EVERY_REPLICA_HAS_A_PARTITION(MessagingPolicies::everyReplicaHasAPartition),
  BROKERS_LOSE_NOTHING(MessagingPolicies::brokersLoseNothing),
  DATABASES_LOSE_NOTHING(MessagingPolicies::databasesLoseNothing),
  EVERYBODY_TOUCHES_THEIR_OWN(MessagingPolicies::everybodyTouchesTheirOwn),
  STRANGERS_DO_NOT_REACH_THE_LOG(MessagingPolicies::strangersDoNotReachTheLog),
  NOTHING_ELSE_IS_ON_THE_LOGS_DISK(MessagingPolicies::nothingElseIsOnTheLogsDisk),
  NAMES_ARE_SHORT_AND_PLAIN(ServerPolicies::namesAreShortAndPlain),
  NAMES_ARE_TAKEN_ONCE(ServerPolicies::namesAreTakenOnce),
  LABELS_ARE_LABELS(ServerPolicies::labelsAreLabels),
  PORT_NAMES_ARE_PORT_NAMES(ServerPolicies::portNamesArePortNames),
  SELECTORS_OUTLIVE_VERSIONS(ServerPolicies::selectorsOutliveVersions),
  EVERYTHING_IS_IN_THE_NAMESPACE(ServerPolicies::everythingIsInTheNamespace),
  TRACES_FIND_THEIR_WAY(TracingPolicies::tracesFindTheirWay),
  EVERY_ALERT_HAS_A_RUNBOOK(AlertPolicies::everyAlertHasARunbook),
  EVERY_SERVICE_IS_SCRAPED(AlertPolicies::everyServiceIsScraped);

  private final Function<Rendered, Stream<String>> check;

  Policy(Function<Rendered, Stream<String>> check) {
    this.check = check;
  }

  List<String> violations(Rendered overlay) {
    return check.apply(overlay).distinct().sorted().toList();
  }
}
