package dev.allsquare.autoconfigure;

import dev.allsquare.console.ConsoleConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnResource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Import;

/**
 * Adds the console to a management port of its own, where Thymeleaf and htmx are on the class path
 * and nobody switched it off.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(name = "org.thymeleaf.spring6.SpringTemplateEngine")
@ConditionalOnResource(resources = "classpath:META-INF/maven/org.webjars.npm/htmx.org/pom.xml")
@ConditionalOnProperty(name = "allsquare.console.enabled", matchIfMissing = true)
@Import(ConsoleConfiguration.class)
class ConsoleManagementConfiguration {}
