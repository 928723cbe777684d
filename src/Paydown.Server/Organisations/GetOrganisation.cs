using System.Globalization;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Organisations;

/// <summary>Shows a manager the settings of the organisation.</summary>
public sealed class GetOrganisation(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show the settings of the organisation")
            .Returns<OrganisationView>()
            .Refuses(Refusals.NotFound("organisation"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var settings = await OrganisationStore.FindSettingsAsync(
            connection,
            call.Caller.OrganisationId,
            call.Cancellation
        );
        if (settings is null)
            return Answer.Refused(Refusals.NotFound("organisation"));
        var awaited = await FirstApprovalStore.FindAwaitedAsync(
            connection,
            settings.Id,
            ActKind.ChangeOrganisation,
            settings.Id.AsSubject,
            settings.Version,
            time.GetUtcNow(),
            call.Cancellation
        );
        return Answer.Success(OrganisationView.Of(settings, awaited));
    }
}

/// <summary>The settings of an organisation, in the form that a manager may send back.</summary>
public sealed record OrganisationView
{
    /// <summary>The organisation's id.</summary>
    public required OrganisationId Id { get; init; }

    /// <summary>Counts the changes of the settings, starting with 1.</summary>
    public required int Version { get; init; }

    /// <summary>The lender's name; only the operator can change it.</summary>
    public required string Name { get; init; }

    /// <summary>The name that the law knows, if it is another one; only the operator can change it.</summary>
    public required string? LegalName { get; init; }

    /// <summary>The country, ISO 3166-1 alpha-3; only the operator can change it.</summary>
    public required string CountryIso3 { get; init; }

    /// <summary>The organisation's currency, ISO 4217; only the operator can change it.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The IANA time zone that decides the business date; only the operator can change it.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Amounts above this need two officers; null if one officer always suffices.</summary>
    public required Money? FourEyesAbove { get; init; }

    /// <summary>The fee for each transfer from a wallet to a bank account.</summary>
    public required Money WithdrawalFee { get; init; }

    /// <summary>True if every customer must confirm transfers from the wallet with a PIN.</summary>
    public required bool AsksTransactionPin { get; init; }

    /// <summary>True if agents, cashiers and managers must sign in with a second factor.</summary>
    public required bool RequiresSecondFactor { get; init; }

    /// <summary>When earned interest is recognised.</summary>
    public required AccrualPosting AccrualPosting { get; init; }

    /// <summary>The local time after which a worker runs the end of the day before, for example <c>00:15</c>.</summary>
    public required string ClosingTime { get; init; }

    /// <summary>The local time from which customers get no notices, for example <c>20:00</c>.</summary>
    public required string QuietFrom { get; init; }

    /// <summary>The local time until which they get none; the same as quietFrom if they get them at any time.</summary>
    public required string QuietUntil { get; init; }

    /// <summary>The text that customers accept before a loan is paid out.</summary>
    public required string TermsAndConditions { get; init; }

    /// <summary>When the terms and conditions last changed; null if they never did.</summary>
    public required DateTimeOffset? TermsUpdatedAt { get; init; }

    /// <summary>How customers reach the lender.</summary>
    public required Contact ContactInformation { get; init; }

    /// <summary>The account that receives repayments; only the operator can change it.</summary>
    public required CollectionAccount CollectionAccount { get; init; }

    /// <summary>The change that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    internal const string TimeFormat = "HH:mm";

    internal static OrganisationView Of(OrganisationSettings settings, AwaitedApproval? awaited = null) =>
        new()
        {
            Id = settings.Id,
            Version = settings.Version,
            Name = settings.Name,
            LegalName = settings.LegalName,
            CountryIso3 = settings.CountryIso3,
            CurrencyCode = settings.Currency.Code,
            TimeZone = settings.TimeZone,
            FourEyesAbove = settings.FourEyesAbove,
            WithdrawalFee = settings.WithdrawalFee,
            AsksTransactionPin = settings.AsksTransactionPin,
            RequiresSecondFactor = settings.RequiresSecondFactor,
            AccrualPosting = settings.AccrualPosting,
            ClosingTime = InWords(settings.ClosesAt),
            QuietFrom = InWords(settings.QuietHours.From),
            QuietUntil = InWords(settings.QuietHours.Until),
            TermsAndConditions = settings.TermsAndConditions,
            TermsUpdatedAt = settings.TermsUpdatedAt,
            ContactInformation = settings.Contact,
            CollectionAccount = settings.Collection,
            AwaitedApproval = awaited,
        };

    private static string InWords(TimeOnly time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
