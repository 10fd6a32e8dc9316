package dev.threelanes.lane;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

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

}
