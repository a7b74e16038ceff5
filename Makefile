# `make` or `make help` lists what there is. The work is in scripts/.
.DEFAULT_GOAL := help
.PHONY: help demo test build format bench bench-quick bench-kernels budget capacity scale replay evaluate time-travel topics access install uninstall cluster cluster-stop chaos chaos-quick sbom model setup clean
MVN := mvn -B -ntp
demo_options = $(if $(DURATION),--duration '$(DURATION)') $(if $(FPS),--fps '$(FPS)') $(if $(CAMERA_USER),--camera-user '$(CAMERA_USER)')
bench_options = $(if $(OUT),--out '$(OUT)') $(if $(PORT),--port '$(PORT)')
travel_options = $(if $(EVENT),'$(EVENT)') $(if $(CONFIG),--config '$(CONFIG)') \
  $(if $(BOOTSTRAP),--bootstrap-servers '$(BOOTSTRAP)') $(if $(ARCHIVE),--archive '$(ARCHIVE)') $(if $(HEAT),--heat '$(HEAT)')
# Read from the environment, so that a camera's address is on no command line.
export CAMERA

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Watch two simulated lines: DURATION=180 stops by itself, CAMERA=rtsp://... watches yours
	@scripts/demo $(demo_options)

test: ## Everything that CI checks: packages, model, format, unit and integration tests
	@scripts/test

build: ## Build every module without tests
	@scripts/build

format: ## Format the Java sources
	@$(MVN) -q spotless:apply

install: ## Install on this machine, run by systemd (docs/systemd.md)
	@scripts/install

uninstall: ## Take that away again; settings and state stay
	@scripts/install --remove

cluster: ## A broker, a Flink cluster of separate processes and the job, in the background (docs/operations.md)
	@scripts/cluster start

cluster-stop: ## Stop them
	@scripts/cluster stop

chaos: ## Break a cluster on purpose, again and again: SEED=1, ROUNDS=6, OUT=figures.json, CHAOS='more options'
	@scripts/chaos $(if $(SEED),--seed $(SEED)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(OUT),--out '$(OUT)') $(CHAOS)

chaos-quick: ## The same, each fault once: OUT=figures.json
	@scripts/chaos --rounds 1 $(if $(SEED),--seed $(SEED)) $(if $(OUT),--out '$(OUT)') $(CHAOS)

bench: ## The job against the model's own limit and simpler designs, some 15 minutes: OUT=file.json, PORT=
	@scripts/bench $(bench_options)

bench-quick: ## The same in less than 5 minutes
	@scripts/bench --quick $(bench_options)

bench-kernels: ## Inner loops of detection and decoding alone, some 4 minutes: KERNELS='options of JMH'
	@scripts/bench-kernels $(KERNELS)

capacity: ## What the job carries around its model, by number of cameras, some 45 minutes: OUT=file.json, CAPACITY='more options'
	@scripts/capacity $(if $(OUT),--out '$(OUT)') $(CAPACITY)

scale: ## Whether another TaskManager adds throughput, some 10 minutes: OUT=file.json
	@scripts/scale $(if $(OUT),--out '$(OUT)')

evaluate: ## Measure detection on labelled data: DATA=folder, OUT=figures.json, EVALUATE='more options'
	@scripts/evaluate $(if $(DATA),--data '$(DATA)') $(if $(OUT),--out '$(OUT)') $(EVALUATE)

budget: ## Whether the false-alarm budget is kept: 20 simulated cameras for a day, some 15 minutes
	@scripts/budget $(if $(OUT),--out '$(OUT)') $(BUDGET)

replay: ## Run the simulated lines through decoder, model and detection, faster than real time
	@scripts/replay $(REPLAY)

time-travel: ## Replay an incident against the baseline it met: EVENT=id or file, CONFIG=, BOOTSTRAP=, ARCHIVE=, HEAT=
	@scripts/time-travel $(travel_options)

sbom: ## Bills of materials (CycloneDX) of what the images hold
	@$(MVN) -q -Pcpu,sbom -pl deploy/images,deploy/flink -am -DskipTests package && ls */target/*.cdx.json deploy/*/target/*.cdx.json

topics: ## Create the topics: BOOTSTRAP=127.0.0.1:19092 or ADMIN=admin.yaml (docs/security.md), REPLICAS=3 with three brokers or more
	@scripts/topics $(if $(ADMIN),--config '$(ADMIN)','$(or $(BOOTSTRAP),127.0.0.1:19092)') $(if $(REPLICAS),--replication-factor '$(REPLICAS)')

access: ## Make Kafka's users and give each the least that it needs: ADMIN=admin.yaml, DRY_RUN=1 only tells
	@scripts/access $(if $(ADMIN),--config '$(ADMIN)') $(if $(DRY_RUN),--dry-run)

model: ## Fetch and convert the default model into .cache/models
	@scripts/model

setup: ## Install the OS packages and check the tools (Debian)
	@scripts/setup

clean: ## Remove what was built and run/ (downloads and the model stay in .cache)
	@! ls run/cluster/pid/*.pid >/dev/null 2>&1 || { echo "clean: run/cluster is a cluster that may run, and its state. To do: make cluster-stop" >&2; exit 1; }
	@pid=$$(cat run/.lock 2>/dev/null); ! grep -qaE 'io\.andon\.quickstart\.(Demo|TimeTravel)' "/proc/$${pid:-none}/cmdline" 2>/dev/null || \
	  { echo "clean: run is the folder of a demo or a replay that runs, process $$pid. To do: end it (Ctrl-C)" >&2; exit 1; }
	@rm -rf target */target deploy/*/target run
