package dev.allsquare.benchmarks.operaton;

import com.zaxxer.hikari.HikariDataSource;
import dev.allsquare.benchmarks.kit.Order;
import dev.allsquare.benchmarks.kit.SagaEngine;
import dev.allsquare.benchmarks.kit.SagaRun;
import dev.allsquare.benchmarks.kit.Setup;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.operaton.bpm.model.bpmn.Bpmn;
import org.operaton.bpm.model.bpmn.BpmnModelInstance;

/** One process instance per saga; each step is a job, and so a transaction, of its own. */
public final class OperatonEngine implements SagaEngine {

  private final HikariDataSource pool;
  private final ProcessEngine engine;

  private OperatonEngine(Setup setup, Consumer<UUID> ended) {
    this.pool = setup.pool(40);
    var configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(pool);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setMetricsEnabled(false);
    configuration.setBeans(Map.of("steps", new Steps(ended)));
    configuration.setJobExecutorActivate(true);
    if (setup.is("tuned")) {
      tune(configuration);
    }
    engine = configuration.buildProcessEngine();
    engine.getRepositoryService().createDeployment().addModelInstance("saga.bpmn", saga()).deploy();
  }

  public static void main(String[] args) throws Exception {
    SagaRun.main(args, OperatonEngine::new);
  }

  private static void tune(StandaloneProcessEngineConfiguration configuration) {
    configuration.setHistory("none");
    var jobs = new DefaultJobExecutor();
    jobs.setCorePoolSize(24);
    jobs.setMaxPoolSize(24);
    jobs.setQueueSize(100);
    jobs.setMaxJobsPerAcquisition(24);
    jobs.setMaxWait(50);
    configuration.setJobExecutor(jobs);
  }

  private static BpmnModelInstance saga() {
    return Bpmn.createExecutableProcess("saga")
        .operatonHistoryTimeToLiveString("P1D")
        .startEvent()
        .serviceTask("PLACE")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('PLACE', order)}")
        .serviceTask("RESERVE")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('RESERVE', order)}")
        .serviceTask("AUTHORIZE")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('AUTHORIZE', order)}")
        .exclusiveGateway("paid")
        .condition("refused", "${steps.refused(order)}")
        .serviceTask("RELEASE")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('RELEASE', order)}")
        .serviceTask("REJECT")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('REJECT', order)}")
        .endEvent()
        .moveToNode("paid")
        .condition("authorized", "${!steps.refused(order)}")
        .serviceTask("CAPTURE")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('CAPTURE', order)}")
        .serviceTask("COMMIT")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('COMMIT', order)}")
        .serviceTask("CONFIRM")
        .operatonAsyncBefore()
        .operatonExpression("${steps.run('CONFIRM', order)}")
        .endEvent()
        .done();
  }

  @Override
  public void start(Order order) {
    engine.getRuntimeService().startProcessInstanceByKey("saga", Map.of("order", order.text()));
  }

  @Override
  public void close() {
    engine.close();
    pool.close();
  }
}
