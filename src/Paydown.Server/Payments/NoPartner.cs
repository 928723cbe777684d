using Paydown.Lending.BankAccounts;

namespace Paydown.Server.Payments;

/// <summary>Stands in if the operator configures no payment partner: it sends nothing and knows no account.</summary>
public sealed class NoPartner : IPaymentPartner
{
    public bool TakesTransfers => false;

    public TimeSpan UsualDuration => TimeSpan.Zero;

    public ValueTask<NameEnquiry> AskNameAsync(Nuban account, CancellationToken cancellation) =>
        ValueTask.FromResult(NameEnquiry.Unavailable);

    public Task SendAsync(PaymentBatch batch, CancellationToken cancellation) =>
        throw new InvalidOperationException("No payment partner is configured.");

    public async IAsyncEnumerable<PaymentReport> CollectAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await Task.CompletedTask;
        yield break;
    }
}
