# The project's programs, each in an image of its own. docker-compose.yml builds them all; by hand:
#   docker build --target lane --build-arg MODULE=mvc-app -t three-lanes/mvc-app .
#   docker build --target downstream -t three-lanes/downstream .
#   docker build --target runner -t three-lanes/runner .
# Nothing in here needs BuildKit; with it, what one target does not need is not built for it.

# What Maven reads first: every pom.xml and its configuration, and no source. Copied from here, so that
# the next stage changes with these files only, and no module is forgotten.
FROM maven:3-eclipse-temurin-25 AS poms
WORKDIR /source
COPY . .
RUN mkdir /poms && cp -r pom.xml .mvn config /poms/ \
	&& for pom in */pom.xml; do mkdir "/poms/${pom%/*}" && cp "$pom" "/poms/$pom" || exit 1; done

# The build once with a class that does nothing in each module: what it downloads stays in this layer
# until a pom.xml changes. It may fail where a real source is needed; the real build then tells.
FROM maven:3-eclipse-temurin-25 AS dependencies
WORKDIR /source
COPY --from=poms /poms .
RUN for pom in */pom.xml; do \
		for kind in main test; do \
			mkdir -p "${pom%/*}/src/$kind/java" "${pom%/*}/src/main/jte" \
			&& echo 'class Nothing {}' >"${pom%/*}/src/$kind/java/Nothing.java"; \
		done; \
	done \
	&& mvn -q -B -fn -DskipTests -Dcheckstyle.skip -Dspring-javaformat.validate.skip -Dspring-boot.repackage.skip \
		-pl mvc-app,webflux-app,loom-app,downstream,gatling,runner -am package \
	&& rm -rf */src */target

FROM dependencies AS build
COPY . .
# Simulations are test sources, as Gatling wants them; no other tests are needed here.
RUN mvn -q -B -Dmaven.test.skip -Dcheckstyle.skip -Dspring-javaformat.validate.skip \
		-pl mvc-app,webflux-app,loom-app,downstream,runner -am package \
	&& mvn -q -B -DskipTests -Dcheckstyle.skip -Dspring-javaformat.validate.skip -pl gatling -am package
RUN for module in mvc-app webflux-app loom-app; do \
		java -Djarmode=tools -jar "$module/target/$module.jar" extract --layers \
			--application-filename app.jar --destination "/layers/$module" || exit 1; \
	done
# Containers bring a PostgreSQL of their own.
RUN rm -f runner/target/lib/embedded-postgres* runner/target/lib/xz-* runner/target/lib/commons-compress-*

# A service with the parts of its jar in layers, those that change least first.
FROM eclipse-temurin:25-jre AS service
ARG MODULE=mvc-app
LABEL org.opencontainers.image.title="Three Lanes: $MODULE" \
	org.opencontainers.image.description="Thread per request, event loop or virtual threads: predicted, then measured" \
	org.opencontainers.image.licenses="Apache-2.0" \
	org.opencontainers.image.version="1.0.0"
WORKDIR /application
COPY --from=build /layers/$MODULE/dependencies/ ./
COPY --from=build /layers/$MODULE/spring-boot-loader/ ./
COPY --from=build /layers/$MODULE/snapshot-dependencies/ ./
COPY --from=build /layers/$MODULE/application/ ./
USER 10001:10001

# The flags are those of a lane that ./lanes starts; a test holds the two against each other.
FROM service AS lane
ENV SERVER_ADDRESS=0.0.0.0 MANAGEMENT_SERVER_ADDRESS=0.0.0.0
EXPOSE 8080 9080
# A runtime image need not have curl; it has bash.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/9080 && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", \
	"--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US", \
	"-jar", "app.jar"]

FROM eclipse-temurin:25-jre AS downstream
LABEL org.opencontainers.image.title="Three Lanes: downstream" \
	org.opencontainers.image.description="The one slow service that every lane calls" \
	org.opencontainers.image.licenses="Apache-2.0" \
	org.opencontainers.image.version="1.0.0"
WORKDIR /application
# In one piece: it is small, and without Spring its jar cannot take itself apart.
COPY --from=build /source/downstream/target/downstream.jar app.jar
USER 10001:10001
EXPOSE 8090
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/8090 && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["java", "-Xms256m", "-Xmx256m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", \
	"-jar", "app.jar", "--address=0.0.0.0"]

# The small page that says where everything is.
FROM eclipse-temurin:25-jre AS front
LABEL org.opencontainers.image.title="Three Lanes: front page" \
	org.opencontainers.image.licenses="Apache-2.0" \
	org.opencontainers.image.version="1.0.0"
COPY front/serve /serve
COPY front/site/ /site/
# A place for the reports, which are mounted.
RUN mkdir /site/results
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 CMD ["bash", "-c", \
	"exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["/serve"]

# The runner with Gatling: drives lanes that stand already.
FROM eclipse-temurin:25-jre AS runner
LABEL org.opencontainers.image.title="Three Lanes: runner" \
	org.opencontainers.image.description="Drives the lanes with Gatling, samples, judges and writes the page" \
	org.opencontainers.image.licenses="Apache-2.0" \
	org.opencontainers.image.version="1.0.0"
WORKDIR /three-lanes
COPY --from=build /source/gatling/target/lib/ gatling/target/lib/
COPY --from=build /source/runner/target/lib/ runner/target/lib/
COPY --from=build /source/gatling/target/classes/ gatling/target/classes/
COPY --from=build /source/gatling/target/test-classes/ gatling/target/test-classes/
COPY --from=build /source/runner/target/classes/ runner/target/classes/
RUN mkdir results
USER 10001:10001
ENTRYPOINT ["java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", \
	"-Dlanes.home=/three-lanes", "-Dlanes.on=standing", "-cp", "runner/target/classes:runner/target/lib/*", \
	"dev.threelanes.runner.Lanes"]
