using Paydown.Lending.Amounts;

namespace Paydown.Server.Organisations;

/// <summary>Examples for the API's documentation.</summary>
internal static class OrganisationExamples
{
    public static OrganisationSettings Settings { get; } =
        new()
        {
            Id = Guid.Parse("01957ad2-7c00-7000-8000-00000000f001"),
            Name = "Demo Lending",
            Currency = Currency.Get("NGN"),
            TimeZone = "Africa/Lagos",
            Version = 2,
            FourEyesAboveMinor = 100_000_000,
            WithdrawalFeeMinor = 2_500,
            AsksTransactionPin = false,
            TermsAndConditions = "1. The loan is paid back by its schedule.",
            TermsUpdatedAt = new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero),
            Contact = new("help@demo.example", "+234 800 000 0000", "Monday to Friday, 8:00 to 17:00"),
            Collection = new("1000000018", "Demo Lending Collections", "057", "Example Bank"),
            RecordedAt = new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero),
        };

    public static OrganisationView View { get; } = OrganisationView.Of(Settings);
}
