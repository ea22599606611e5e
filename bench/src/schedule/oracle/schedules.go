package main

import (
	"fmt"
	"math/rand"
	"strings"
	"time"
)

var readable = []string{
	"* * * * *", "? ? ? ? ?", "*/5 * * * *", "0 0 * * *", "30 1 * * *", "30 2 * * *", "0 3 29 2 *", "0 0 30 2 *", "0 0 31 * *",
	"0 0 31 4,6,9,11 *", "59 23 31 12 *", "0 0 1 1 *", "5/15 * * * *", "0 22-23 * * *", "0 9-17/2 * * mon-fri", "0 0 * JAN-mar SUN",
	"0 12 13 * 5", "0 12 13 * fri", "0 12 */2 * 5", "0 12 */1 * 5", "0 12 ?/1 * 5", "0 12 ?/2 * 5", "0 12 13 * */2", "0 12 13 * */1",
	"0 12 *,13 * 5", "0 12 1-31 * 5", "0 12 13 * 0-6", "0 12 13 * ?", "0 12 ? * 5", "0 12 * * 0,6", "0 0 29 2 1", "0 0 29 2 */1",
	"*/59 * * * *", "*/60 * * * *", "*/100 */100 * * *", "0-59/61 * * * *", "7-7 3-3 2-2 9-9 *", "1,1,1 2,2 * * *", "1,,2 * * * *",
	",5 * * * *", "5, * * * *", ", * * * *", "0 , * * *", "0 0 , * *", "0 0 * , *", "0 0 * * ,", "0 0 1 * ,", "0 0 , * 1", "0 0 , * ,",
	"*-5 * * * *", "?-x * * * *", "*-5/7 * * * *", "*-70 * * * *", "*-* * * * *", "0 *-3 *-9 * 1", "+5 +3 * * *", "05 003 * * *", "-0 0 * * *",
	"*/+5 * * * *", "*/05 * * * *", "+0-+7/+3 * * * *", "  0  3 \t * *   * ", "0\t3\t*\t*\t*", "0 3 * * *\n", "0\u00a03 * * *", "0\u00a03\u00a0*\u00a0*\u00a0*",
	"0\u20033 * * *  1", "0\u0085 3 * * *", "0\ufeff 3 * * * ", "0\v3\f*\r* *", "0 0 1 feb,MAR,aPr *", "0 0 * jan/3 *", "0 0 * * mon/2", "0 0 * * 0/2",
	"0 0 L * *", "0 0 * jan-12 sun-6", "0 0 1/10 * *", "0 0 15-20/2,25/3 * *", "59/1 * * * *", "59 23 * * *", "*/9223372036854775807 * * * *",
	"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@every 1h", "@every 90s", "@every 1h30m", "@every 1.5h",
	"@every 36h", "@every 40s", "@every 1s", "@every 1ms", "@every 1500ms", "@every 999ms", "@every 2.999s", "@every 0", "@every 0s", "@every -5s",
	"@every +5m", "@every 1h1h", "@every 1m1h", "@every 100us", "@every 61000000µs", "@every 61000000μs", "@every 5000000000ns", "@every .5h", "@every 5.h",
	"@every 0.123456789h", "@every 2562047h", "@every 9223372036s", "@every 0.1h0.2m0.3s", "@every 1h0s", "@every 168h",
	"TZ=Europe/Paris 0 3 * * *", "CRON_TZ=Asia/Kolkata 30 1 * * *", "CRON_TZ=UTC @daily", "TZ=Local 0 3 * * *", "TZ= 0 3 * * *",
}

var unreadable = []string{
	"", " ", "*", "* * * *", "* * * * * *", "0 0 0 * *", "60 * * * *", "* 24 * * *", "* * 32 * *", "* * * 13 *", "* * * 0 *", "* * * * 7",
	"* * * * 0-7", "* * * * sunday", "* * * january *", "mon * * * *", "* jan * * *", "* * mon * *", "* * * mon *", "* * * * jan", "* * * * fri-mon",
	"* * * dec-jan *", "5-1 * * * *", "1-2-3 * * * *", "1/2/3 * * * *", "*/0 * * * *", "*/-1 * * * *", "*/-0 * * * *", "*/ * * * *", "/5 * * * *",
	"1- * * * *", "-1 * * * *", "1-/2 * * * *", "a * * * *", "1a * * * *", "1.5 * * * *", "0x1 * * * *", "1_0 * * * *", "*5 * * * *", "5* * * * *",
	"** * * * *", "*/* * * * *", "*/mon * * * *", "* * * * */mon", "* * L * *", "* * LW * *", "* * 15W * *", "* * * * 5L", "* * * * 5#2", "H * * * *",
	"1;2 * * * *", "1,a * * * *", "1,60 * * * *", "55-60 * * * *", "* 20-24 * * *", "+ * * * *", "++5 * * * *", "99999999999999999999 * * * *",
	"*/99999999999999999999 * * * *", "٣ * * * *", "@Daily", "@daily ", " @daily", "@DAILY", "@", "@reboot", "@every", "@every ", "@every  1h", "@every 1h ",
	"@every 1", "@every h", "@every 1d", "@every 1w", "@every 1h 30m", "@every 1H", "@every -", "@every +", "@every .", "@every .h", "@every 1.2.3h",
	"@every --1h", "@every 1h-5m", "@every 1e3s", "@every 2562048h", "@every 9223372037s", "@every 9223372036854775808ns", "@every -9223372036854775809ns",
	"@every\t1h", "@everyday", "@hourly 5", "@daily * * * *", "TZ=Nowhere/Atall 0 3 * * *", "TZ=Europe/Paris", "CRON_TZ=Europe/Paris ", "TZ=",
	" TZ=UTC 0 3 * * *", "tz=UTC 0 3 * * *", "0 3 * * * TZ=UTC", "# 0 3 * * *", "0 3 * * * # nightly", "\"0 3 * * *\"", "0 3 * * 1,7", "0 3 * * 5-7",
	"0 3 0-5 * *", "0 3 * 0-5 *", "* * * 1-13 *", "1,2,3", "null", "0,15,30,45", "0 3 31 2 * 2026", "0 0 0 1 1 ?", "0 0/5 14,18 * * ?", "0~30 * * * *",
}

var fields = []struct {
	low, high int
	names     []string
}{
	{0, 59, nil},
	{0, 23, nil},
	{1, 31, nil},
	{1, 12, []string{"jan", "FEB", "Mar", "apr", "may", "jun", "jul", "AUG", "sep", "oct", "nov", "Dec"}},
	{0, 6, []string{"sun", "MON", "Tue", "wed", "thu", "FRI", "sat"}},
}

// aroundChanges makes schedules that have times near a change of clocks.
func aroundChanges(random *rand.Rand, change time.Time, location *time.Location) []string {
	before, after := change.Add(-time.Minute).In(location), change.In(location)
	day := func(at time.Time) string { return fmt.Sprintf("%d %d", at.Day(), int(at.Month())) }
	hour := func(distance int) int { return (after.Hour() + distance + 24) % 24 }
	minute := []int{0, 15, 30, 45}[random.Intn(4)]
	return []string{
		fmt.Sprintf("%d %d * * *", minute, hour(-1)),
		fmt.Sprintf("%d %d * * *", random.Intn(60), hour(0)),
		fmt.Sprintf("%d %d * * *", minute, hour(1)),
		fmt.Sprintf("0 %d * * *", before.Hour()),
		fmt.Sprintf("%d %d %s *", minute, hour(random.Intn(5)-2), day(before)),
		fmt.Sprintf("%d %d %s *", minute, hour(random.Intn(5)-2), day(after)),
		fmt.Sprintf("0 %d,%d * * %d", hour(-1), hour(1), int(after.Weekday())),
		fmt.Sprintf("%d %d %s *", minute, 5+random.Intn(3), day(before)),
		fmt.Sprintf("%d %d * * %d", minute, 5+random.Intn(3), int(after.Weekday())),
		fmt.Sprintf("%d %d * * %d", minute, 5+random.Intn(3), int(before.Add(-23*time.Hour).Weekday())),
		"*/30 * * * *", "20,50 0-4 * * *", "0 */2 * * *", "@daily", "@hourly", "0 0 * * *", "45 23 * * *", "30 0,1,2,3 * * *", "15 */3 * * *",
	}
}

func someSchedule(random *rand.Rand) string {
	parts := make([]string, len(fields))
	for index := range fields {
		parts[index] = someField(random, index)
	}
	return strings.Join(parts, " ")
}

func someField(random *rand.Rand, index int) string {
	if random.Intn(100) < []int{10, 35, 55, 60, 55}[index] {
		return []string{"*", "*", "*", "?", "*/1"}[random.Intn(5)]
	}
	var parts []string
	for count := 1 + random.Intn(2)*random.Intn(3); count > 0; count-- {
		parts = append(parts, somePart(random, index))
	}
	return strings.Join(parts, ",")
}

func somePart(random *rand.Rand, index int) string {
	field := fields[index]
	size := field.high - field.low + 1
	low := field.low + random.Intn(size)
	high := low + random.Intn(field.high-low+1)
	step := 1 + random.Intn(size)
	value := func(number int) string {
		if field.names != nil && random.Intn(2) == 0 {
			return field.names[number-field.low]
		}
		return fmt.Sprint(number)
	}
	switch random.Intn(8) {
	case 0:
		return fmt.Sprintf("*/%d", step)
	case 1:
		return value(low) + "-" + value(high)
	case 2:
		return fmt.Sprintf("%s-%s/%d", value(low), value(high), step)
	case 3:
		return fmt.Sprintf("%s/%d", value(low), step)
	default:
		return value(low)
	}
}

// broken changes a few characters of a schedule: some can still be read, and then they mean something else.
func broken(random *rand.Rand) string {
	letters := []rune("0123456789*?/-,+ @LW#.ajmsn")
	text := []rune(someSchedule(random))
	for count := 1 + random.Intn(3); count > 0; count-- {
		position := random.Intn(len(text))
		letter := letters[random.Intn(len(letters))]
		switch random.Intn(3) {
		case 0:
			text[position] = letter
		case 1:
			text = append(text[:position], append([]rune{letter}, text[position:]...)...)
		default:
			if len(text) > 1 {
				text = append(text[:position], text[position+1:]...)
			}
		}
	}
	return string(text)
}
