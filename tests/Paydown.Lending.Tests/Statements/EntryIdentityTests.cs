using Paydown.Lending.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Lending.Tests.Statements;

public sealed class EntryIdentityTests
{
    private static readonly StatementEntry Camt = new()
    {
        BookedOn = new(2026, 5, 4),
        ValueOn = new(2026, 5, 3),
        Amount = Kobo(500_00),
        Reference = "RF18539007547034",
        Text = "Loan, May",
        CounterpartyName = "Ada B. Sample",
        CounterpartyAccount = "0000012345",
        BankReference = "NXT-2026/17",
    };

    // The same entry in the MT940 file of the day: the bank's reference is kept, names and texts are not.
    private static readonly StatementEntry Mt940 = Camt with
    {
        Reference = null,
        Text = "?20LOAN MAY?32ADA B SAMPLE",
        CounterpartyName = null,
        BankReference = "NXT202617",
    };

    [Fact]
    public void Another_format_of_the_same_day_is_the_same_entry() => Identity(Mt940).ShouldBe(Identity(Camt));

    [Fact]
    public void Another_day_amount_or_reference_of_the_bank_is_another_entry()
    {
        Identity(Camt with { BookedOn = new(2026, 5, 5) }).ShouldNotBe(Identity(Camt));
        Identity(Camt with { Amount = Kobo(500_01) }).ShouldNotBe(Identity(Camt));
        Identity(Camt with { BankReference = "NXT-2026/18" }).ShouldNotBe(Identity(Camt));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("17")]
    [InlineData("0000-0000")]
    public void A_counter_does_not_identify_so_the_whole_entry_does(string? counter)
    {
        var entry = Camt with { BankReference = counter };
        EntryFingerprint.IdentifyingReference(entry).ShouldBeNull();
        Identity(entry with { Text = "LOAN/MAY" }).ShouldBe(Identity(entry));
        Identity(entry with { Text = "Loan, June" }).ShouldNotBe(Identity(entry));
        Identity(entry with { CounterpartyAccount = "0000012346" }).ShouldNotBe(Identity(entry));
        Identity(entry with { RunningBalance = Kobo(1_000_00) }).ShouldNotBe(Identity(entry));
    }

    [Fact]
    public void An_announcement_is_kept_apart_and_its_fingerprint_is_that_of_the_booking()
    {
        var announced = Identity(Camt with { Status = EntryStatus.Pdng });
        announced.ShouldNotBe(Identity(Camt));
        announced.Fingerprint.ShouldBe(Identity(Camt).Fingerprint);
    }

    [Fact]
    public void Two_equal_entries_of_a_file_are_two_and_an_overlapping_file_adds_none()
    {
        var (first, second) = (new EntryOccurrences(), new EntryOccurrences());
        var known = new[] { first.Next(Camt), first.Next(Camt) };
        known.ShouldBeUnique();
        new[] { second.Next(Mt940), second.Next(Camt), second.Next(Camt) }
            .Select(identity => known.Contains(identity))
            .ShouldBe([true, true, false]);
    }

    [Fact]
    public void A_booking_finds_what_announced_it()
    {
        var announced = Camt with { Status = EntryStatus.Pdng, BankReference = "P1", BookedOn = new(2026, 5, 1) };
        EntryJoins.FindAnnouncement(Camt, [announced]).ShouldBe(announced);
        EntryJoins.FindAnnouncement(Camt, [announced with { BookedOn = new(2026, 4, 23) }]).ShouldBeNull();
        EntryJoins.FindAnnouncement(Camt, [announced with { Amount = Kobo(1) }]).ShouldBeNull();
        EntryJoins.FindAnnouncement(Camt, [announced with { CounterpartyAccount = null }]).ShouldBeNull();
        EntryJoins.FindAnnouncement(Camt, [announced with { Status = EntryStatus.Book }]).ShouldBeNull();
        var withId = announced with { EndToEndId = "E2E-1", CounterpartyAccount = null };
        EntryJoins.FindAnnouncement(Camt with { EndToEndId = "E2E-1" }, [withId]).ShouldBe(withId);
        EntryJoins.FindAnnouncement(Camt with { EndToEndId = "E2E-2" }, [withId]).ShouldBeNull();
    }

    [Fact]
    public void Details_belong_to_the_booking_with_their_reference_and_sum()
    {
        StatementEntry[] details = [Camt with { Amount = Kobo(200_00) }, Camt with { Amount = Kobo(300_00) }];
        EntryJoins.AreDetailsOf(details, Camt).ShouldBeTrue();
        EntryJoins.AreDetailsOf([details[0]], Camt).ShouldBeFalse();
        EntryJoins.AreDetailsOf([], Camt).ShouldBeFalse();
        var named = details.Select((detail, i) => detail with { BankReference = $"TX000{i}" }).ToList();
        EntryJoins.AreDetailsOf(named, Camt).ShouldBeFalse();
        var booking = Camt.BankReference;
        EntryJoins.AreDetailsOf([.. named.Select(one => one with { BookingReference = booking })], Camt).ShouldBeTrue();
        EntryJoins.AreDetailsOf(details, Camt with { BankReference = "OTHER-12345" }).ShouldBeFalse();
    }

    private static EntryIdentity Identity(StatementEntry entry) => new EntryOccurrences().Next(entry);
}
