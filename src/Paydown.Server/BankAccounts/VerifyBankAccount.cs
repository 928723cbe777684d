using Npgsql;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Outcomes;
using Paydown.Server.Payments;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.BankAccounts;

/// <summary>
/// Shows the holder of a bank account: checks the number's check digit, then asks the bank. The rate per caller is
/// limited so that the API does not become a directory of account holders.
/// </summary>
public sealed class VerifyBankAccount(NpgsqlDataSource database, IPaymentPartner partner, CallerLimits limits)
    : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Ask a bank for the name of an account's holder")
            .Returns<NamedBankAccount>()
            .Refuses(
                Refusals.BankUnknown(),
                Refusals.AccountNumberInvalid(Nuban.AccountNumberDigits),
                Refusals.BankAccountUnknown(),
                Refusals.NameEnquiryUnavailable(),
                Refusals.RateLimitExceeded(60)
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var (bankCode, accountNumber) = (
            call.Path(BankAccountRoutes.BankCode),
            call.Path(BankAccountRoutes.AccountNumber)
        );
        var bank = await FindBankAsync(call, bankCode);
        var number = BankAccountRules.Number(bankCode, accountNumber, bank?.Known);
        if (number.IsRefused)
            return Answer.Refused(number.Refusal);
        var nuban = number.Value;
        if (limits.CheckNameEnquiry(call.Caller) is { } tooMany)
            return Answer.Refused(tooMany);
        var enquiry = await partner.AskNameAsync(nuban, call.Cancellation);
        return enquiry.Outcome switch
        {
            NameEnquiryOutcome.Unknown => Answer.Refused(Refusals.BankAccountUnknown()),
            NameEnquiryOutcome.Unavailable => Answer.Refused(Refusals.NameEnquiryUnavailable()),
            _ => Answer.Success(
                new NamedBankAccount(enquiry.AccountName, nuban.AccountNumber, bank!.BankCode, bank.BankName)
            ),
        };
    }

    private async ValueTask<Bank?> FindBankAsync(Call call, string bankCode)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        return await BankStore.FindAsync(connection, call.Caller.OrganisationId, bankCode, call.Cancellation);
    }
}

/// <summary>A bank account and its holder, according to the bank.</summary>
/// <param name="AccountName">The holder's name.</param>
/// <param name="AccountNumber">The account number.</param>
/// <param name="BankCode">The bank's code.</param>
/// <param name="BankName">The bank's name.</param>
public sealed record NamedBankAccount(string AccountName, string AccountNumber, string BankCode, string BankName);
