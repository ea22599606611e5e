// Prints when schedules run according to github.com/robfig/cron/v3, the library from which Kubernetes' CronJob
// controller has its times, as JSON lines for the tests of plugins/akko-backend/src/backups/schedule:
//
//	go run . > ../../../../plugins/akko-backend/src/backups/schedule/__testUtils__/controllerTimes.ndjson
//
// Two kinds of lines:
//
//	["0 3 * * *","Europe/Paris",1774659600,86400,82800]   schedule, zone, moment, seconds from there to each next time
//	["61 * * * *"]                                        a schedule that cannot be read
//
// Moments are Unix seconds. Fewer than the usual number of times means that there is none for five years after the last.
// The output depends only on the seed, the versions in go.mod and the time zone rules of the Go release: ZONEINFO is set
// to the rules that Go brings, because those of the machine may be older.
package main

import (
	"bufio"
	"encoding/json"
	"log"
	"math/rand"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

const (
	seed         = 20260401
	times        = 4
	randomValid  = 2500
	randomBroken = 500
)

var zones = []string{
	"UTC", "Europe/Paris", "America/New_York", "America/Santiago", "Asia/Beirut", "Africa/Cairo", "Asia/Kolkata",
	"Australia/Lord_Howe", "Pacific/Chatham", "America/Havana", "Atlantic/Azores", "America/Nuuk", "Antarctica/Troll",
}

var changesOf = map[string][]time.Time{}

func main() {
	if os.Getenv("ZONEINFO") == "" {
		os.Setenv("ZONEINFO", filepath.Join(runtime.GOROOT(), "lib", "time", "zoneinfo.zip"))
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	random := rand.New(rand.NewSource(seed))
	seen := map[string]bool{}
	emit := func(schedule, zone string, moment time.Time) {
		line := describe(schedule, zone, moment)
		if line != "" && !seen[line] {
			seen[line] = true
			out.WriteString(line + "\n")
		}
	}

	for _, schedule := range readable {
		emit(schedule, "UTC", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
		emit(schedule, zones[random.Intn(len(zones))], someMoment(random, nil))
	}
	for _, schedule := range unreadable {
		emit(schedule, "UTC", time.Unix(0, 0))
	}
	// What matters around a change of clocks: every zone, the days about each of its changes.
	for _, zone := range zones {
		location := load(zone)
		changesOf[zone] = changes(location)
		for _, change := range changesOf[zone] {
			for _, schedule := range aroundChanges(random, change, location) {
				for _, distance := range []time.Duration{-36 * time.Hour, -3 * time.Hour, -29 * time.Minute, 31 * time.Minute} {
					if random.Intn(4) == 0 {
						emit(schedule, zone, change.Add(distance))
					}
				}
			}
		}
	}
	for count := 0; count < randomValid; count++ {
		zone := zones[random.Intn(len(zones))]
		emit(someSchedule(random), zone, someMoment(random, load(zone)))
	}
	for count := 0; count < randomBroken; count++ {
		emit(broken(random), "UTC", someMoment(random, nil))
	}
}

// describe asks the library about one schedule and makes one line of its answer.
func describe(schedule, zone string, moment time.Time) string {
	parsed, err := parse(schedule)
	if err != nil {
		return line([]any{schedule})
	}
	row := []any{schedule, zone, moment.Unix()}
	at := moment.In(load(zone))
	for count := 0; count < times; count++ {
		next := parsed.Next(at)
		if next.IsZero() {
			break
		}
		if !next.After(at) {
			// It happens where a zone's hours do not change on the hour: "47 3 * * *" in the Chatham Islands, when their clocks go back. A CronJob
			// that gets there is stuck for good, so there is nothing to be the same as.
			log.Printf("left out, because it does not move on: %q in %s at %v", schedule, zone, at)
			return ""
		}
		row = append(row, next.Unix()-moment.Unix())
		at = next
	}
	return line(row)
}

// parse turns the library's panics (a zone without a schedule behind it) into errors, as a server does.
func parse(schedule string) (parsed cron.Schedule, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = os.ErrInvalid
		}
	}()
	return cron.ParseStandard(schedule)
}

func line(row []any) string {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(row); err != nil {
		log.Fatal(err)
	}
	return strings.TrimSpace(text.String())
}

func load(zone string) *time.Location {
	location, err := time.LoadLocation(zone)
	if err != nil {
		log.Fatal(err)
	}
	return location
}

// changes lists the moments in 2026 to 2028 at which a zone's clocks are changed, all of which are at a full or half hour.
// (Time.ZoneBounds does not serve: its bounds may also be the turn of a year, and there it stops moving on.)
func changes(location *time.Location) []time.Time {
	var found []time.Time
	at, end := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2029, 1, 1, 0, 0, 0, 0, time.UTC)
	_, before := at.In(location).Zone()
	for ; at.Before(end); at = at.Add(30 * time.Minute) {
		_, offset := at.In(location).Zone()
		if offset != before {
			found = append(found, at)
		}
		before = offset
	}
	return found
}

// someMoment is any second of five years; half of them whole minutes, some near a change of the zone's clocks.
func someMoment(random *rand.Rand, location *time.Location) time.Time {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	moment := time.Unix(start+random.Int63n(5*366*86400), 0)
	if location != nil && random.Intn(3) == 0 {
		if all := changesOf[location.String()]; len(all) > 0 {
			moment = all[random.Intn(len(all))].Add(time.Duration(random.Intn(4*86400)-2*86400) * time.Second)
		}
	}
	if random.Intn(2) == 0 {
		moment = moment.Truncate(time.Minute)
	}
	return moment
}
