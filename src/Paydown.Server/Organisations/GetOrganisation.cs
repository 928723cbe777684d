using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Organisations;

/// <summary>A manager reads the settings of the organisation.</summary>
public sealed class GetOrganisation(NpgsqlDataSource database, TimeProvider time)
{
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
            settings.Id,
            settings.Version,
            time.GetUtcNow(),
            call.Cancellation
        );
        return Answer.Success(OrganisationView.Of(settings, awaited));
    }
}

/// <summary>The settings of an organisation; what a manager may send back.</summary>
public sealed record OrganisationView
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string CurrencyCode { get; init; }

    public required string TimeZone { get; init; }

    public required Money? FourEyesAbove { get; init; }

    public required Money WithdrawalFee { get; init; }

    public required bool AsksTransactionPin { get; init; }

    public required string TermsAndConditions { get; init; }

    public required DateTimeOffset? TermsUpdatedAt { get; init; }

    public required Contact ContactInformation { get; init; }

    /// <summary>Where repayments are sent; the operator sets it.</summary>
    public required CollectionAccount CollectionAccount { get; init; }

    /// <summary>The change that waits for a second manager; null: none does.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }

    internal static OrganisationView Of(OrganisationSettings settings, AwaitedApproval? awaited = null) =>
        new()
        {
            Id = settings.Id,
            Version = settings.Version,
            Name = settings.Name,
            CurrencyCode = settings.Currency.Code,
            TimeZone = settings.TimeZone,
            FourEyesAbove = settings.FourEyesAboveMinor is { } above ? new(above, settings.Currency) : null,
            WithdrawalFee = new(settings.WithdrawalFeeMinor, settings.Currency),
            AsksTransactionPin = settings.AsksTransactionPin,
            TermsAndConditions = settings.TermsAndConditions,
            TermsUpdatedAt = settings.TermsUpdatedAt,
            ContactInformation = settings.Contact,
            CollectionAccount = settings.Collection,
            AwaitedApproval = awaited,
        };
}
