package dev.threelanes.lane;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonEncoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer of a few bytes takes no buffers of many.
 */
class JsonBuffersTests {

	private static final int ANSWERS = 2000;

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));

	@Test
	void buffersAreUsedAgain() {
		this.context.withUserConfiguration(JsonBuffers.class)
			.run((context) -> assertThat(bytesAnAnswer(context.getBean(JsonMapper.class))).isLessThan(8 * 1024));
	}

	// Once Spring gives them back, this lane needs no pool of its own.
	@Test
	void buffersOfThePoolOfAllAreNot() {
		this.context
			.run((context) -> assertThat(bytesAnAnswer(context.getBean(JsonMapper.class))).isGreaterThan(12 * 1024));
	}

	private static long bytesAnAnswer(JsonMapper mapper) throws IOException {
		write(mapper);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		write(mapper);
		return (threads.getCurrentThreadAllocatedBytes() - before) / ANSWERS;
	}

	private static void write(JsonMapper mapper) throws IOException {
		JacksonJsonEncoder encoder = new JacksonJsonEncoder(mapper);
		ResolvableType type = ResolvableType.forClass(DownstreamAnswer.class);
		for (int i = 0; i < ANSWERS; i++) {
			encoder.encodeValue(new DownstreamAnswer(i, 10), DefaultDataBufferFactory.sharedInstance, type,
					MediaType.APPLICATION_JSON, Map.of());
		}
	}

}
