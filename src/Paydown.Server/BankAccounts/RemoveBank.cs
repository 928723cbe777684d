using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Writes;

namespace Paydown.Server.BankAccounts;

/// <summary>
/// A manager removes a bank from those of the organisation. A built-in bank stays, as it was. Bank accounts of
/// customers stay, too.
/// </summary>
public sealed class RemoveBank(SingleWrites writes, Ids ids) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Remove a bank, or what was changed about a built-in one")
            .Returns<Done>()
            .Refuses(Refusals.BankUnknown());

    public ValueTask<Answer> HandleAsync(Call call) =>
        writes.RunAsync(
            call,
            async (connection, context) =>
            {
                var (organisationId, code) = (call.Caller.OrganisationId, call.Path(BankAccountRoutes.BankCode));
                if (!await BankStore.RemoveAsync(connection, organisationId, code, call.Cancellation))
                    return Answer.Refused(Refusals.BankUnknown());
                await ChangeBank.AuditAsync(
                    connection,
                    organisationId,
                    "BANK_REMOVED",
                    new { BankCode = code },
                    context,
                    ids
                );
                return Answer.Success(new Done(), "The bank is removed.");
            }
        );
}
