package dev.threelanes.lane;

import io.micrometer.observation.ObservationPredicate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * One of three services that do the same in three ways: compare its files with those of
 * the same name in the other two.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LaneApplication {

	public static void main(String[] args) {
		SpringApplication.run(LaneApplication.class, args);
	}

	@Bean
	ObservationPredicate metricsDoNotCountTheirReaders() {
		// Tomcat's management port is not observed, so that Netty's must not be either.
		return (name, context) -> !(context instanceof ServerRequestObservationContext server
				&& server.getCarrier().getPath().value().startsWith("/actuator"));
	}

}
