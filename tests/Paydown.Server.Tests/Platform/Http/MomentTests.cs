using System.Text.Json;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Http;

public sealed class MomentTests
{
    [Theory]
    // A date and a time without an offset are in the organisation's time zone.
    [InlineData("2026-11-26", "Pacific/Kiritimati", "2026-11-26")]
    [InlineData("2026-11-26", "America/Los_Angeles", "2026-11-26")]
    [InlineData("2026-11-26T00:00", "America/Los_Angeles", "2026-11-26")]
    [InlineData("2026-11-26T00:30:00", "America/Los_Angeles", "2026-11-26")]
    [InlineData("2026-11-26T23:59:59.999", "Pacific/Kiritimati", "2026-11-26")]
    [InlineData("2026-11-26T11:00", "Pacific/Kiritimati", "2026-11-26")]
    [InlineData("2026-11-26T23:30", "Africa/Lagos", "2026-11-26")]
    // An instant becomes the date in that time zone.
    [InlineData("2026-11-26T11:00Z", "Pacific/Kiritimati", "2026-11-27")]
    [InlineData("2026-11-26T09:59Z", "Pacific/Kiritimati", "2026-11-26")]
    [InlineData("2026-11-26T07:59Z", "America/Los_Angeles", "2026-11-25")]
    [InlineData("2026-11-26T08:00Z", "America/Los_Angeles", "2026-11-26")]
    [InlineData("2026-11-26T22:59:59Z", "Africa/Lagos", "2026-11-26")]
    [InlineData("2026-11-26T23:00:00Z", "Africa/Lagos", "2026-11-27")]
    [InlineData("2026-11-27T00:30:00+01:00", "Africa/Lagos", "2026-11-27")]
    [InlineData("2026-11-27T00:30:00+14:00", "Africa/Lagos", "2026-11-26")]
    // At the change to summer time, midnight UTC is 20:00 with one offset and 19:00 with the other.
    [InlineData("2026-03-08T04:59Z", "America/New_York", "2026-03-07")]
    [InlineData("2026-03-09T03:59Z", "America/New_York", "2026-03-08")]
    public void The_date_of_a_moment_is_that_in_the_organisations_time_zone(string text, string zone, string day) =>
        Read(text).DateIn(Zone(zone)).ToString("yyyy-MM-dd").ShouldBe(day);

    [Theory]
    [InlineData("1990-05-17", "America/Los_Angeles")]
    [InlineData("1990-05-17T00:00:00Z", "America/Los_Angeles")]
    [InlineData("1990-05-17T00:00:00", "Pacific/Kiritimati")]
    [InlineData("1990-05-17T00:00:00+01:00", "America/Los_Angeles")]
    // Midnight as sent by a browser in Lagos and by one in Los Angeles.
    [InlineData("1990-05-16T23:00:00.000Z", "Africa/Lagos")]
    [InlineData("1990-05-17T07:00:00.000Z", "America/Los_Angeles")]
    public void A_birthday_sent_as_midnight_is_that_day(string text, string zone) =>
        Read(text).CalendarDateIn(Zone(zone)).ShouldBe(new DateOnly(1990, 5, 17));

    [Theory]
    [InlineData("2026-11-26", "Africa/Lagos", "2026-11-25T23:00:00.0000000Z", "2026-11-26T23:00:00.0000000Z")]
    [InlineData(
        "2026-11-26T10:00",
        "Pacific/Kiritimati",
        "2026-11-25T20:00:00.0000000Z",
        "2026-11-25T20:00:00.0000010Z"
    )]
    [InlineData("2026-11-26T10:00:00Z", "Africa/Lagos", "2026-11-26T10:00:00.0000000Z", "2026-11-26T10:00:00.0000010Z")]
    // A day of 25 hours.
    [InlineData("2026-11-01", "America/New_York", "2026-11-01T04:00:00.0000000Z", "2026-11-02T05:00:00.0000000Z")]
    public void A_period_begins_with_its_first_moment_and_includes_its_last(
        string text,
        string zone,
        string start,
        string end
    )
    {
        var moment = Read(text);
        moment.InstantIn(Zone(zone)).UtcDateTime.ToString("O").ShouldBe(start);
        moment.EndIn(Zone(zone))!.Value.UtcDateTime.ToString("O").ShouldBe(end);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    public void The_first_and_last_days_of_the_calendar_do_not_overflow(string text)
    {
        if (!TryRead(text, out var moment))
            return;
        foreach (var zone in (string[])["Pacific/Kiritimati", "America/Los_Angeles"])
        {
            moment.DateIn(Zone(zone));
            moment.InstantIn(Zone(zone));
            moment.EndIn(Zone(zone));
        }
    }

    [Fact]
    public void A_date_a_local_time_and_an_instant_never_have_the_same_hash()
    {
        string[] moments =
        [
            "2026-01-31",
            "2026-01-31T00:00",
            "2026-01-31T00:00Z",
            "2026-01-31T00:00:00+01:00",
            "2026-01-31T01:00",
        ];
        moments.Select(HashOf).Distinct().Count().ShouldBe(moments.Length);
        HashOf("2026-01-31T00:00Z").ShouldBe(HashOf("2026-01-31T01:00:00.000+01:00"));
        HashOf("2026-01-31T00:00").ShouldBe(HashOf("2026-01-31T00:00:00.0"));
    }

    private static string HashOf(string text) => Convert.ToHexString(Body(text).Value.CanonicalHash("/"));

    private static Moment Read(string text) => Body(text).Value.Get(When);

    private static bool TryRead(string text, out Moment moment)
    {
        var body = Body(text);
        moment = body.IsRefused ? default : body.Value.Get(When);
        return !body.IsRefused;
    }

    private static readonly Field<Moment> When = Field.Moment("when", "");

    private static Result<FieldValues> Body(string text) =>
        FieldReader.ReadJson(JsonSerializer.SerializeToUtf8Bytes(new { when = text }), [When]);

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
