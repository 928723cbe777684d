using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;

namespace Paydown.Lending.Loans;

/// <summary>
/// A write-off: principal, fees, penalties and the interest earned by its day are lost, and may still be recovered.
/// Interest of future days was never earned: it is dropped and cannot be paid.
/// </summary>
internal static class WriteOffs
{
    // Nothing is written off twice; and if a payment that was recorded late has paid all, there is nothing to write
    // off.
    public static void Apply(Replay replay, LoanWrittenOff writeOff)
    {
        var (lost, forgone) = replay.IsWrittenOff ? default : Lose(replay, writeOff.On);
        replay.Record(
            new TransactionState
            {
                Id = writeOff.Id,
                Kind = writeOff.Kind,
                On = writeOff.On,
                Amount = lost.Total,
                Components = lost,
                Forgone = forgone,
            }
        );
        if (!lost.IsZero || forgone > 0)
            replay.EndByWriteOff();
    }

    /// <summary>Debt that is new after the write-off is lost at once.</summary>
    public static void WriteOffRest(InstallmentBook book)
    {
        foreach (ref var row in book.Rows)
        {
            var rest = row.Outstanding;
            row.WrittenOff += rest;
            row.Due -= rest;
        }
    }

    /// <summary>Restores the debts so an event can settle them.</summary>
    public static void Reopen(InstallmentBook book)
    {
        foreach (ref var row in book.Rows)
        {
            row.Due += row.WrittenOff;
            row.WrittenOff = default;
        }
    }

    /// <summary>All that was written off and not recovered since.</summary>
    public static ComponentAmounts Total(InstallmentBook book)
    {
        var sum = default(ComponentAmounts);
        foreach (ref readonly var row in book.Rows)
            sum += row.WrittenOff;
        return sum;
    }

    private static (ComponentAmounts Lost, long Forgone) Lose(Replay replay, DateOnly on)
    {
        var earned = replay.Interest.EarnedThrough(on);
        var (lost, forgone) = (default(ComponentAmounts), 0L);
        foreach (ref var row in replay.Book.Rows)
        {
            var rest = row.Outstanding;
            var interest = Math.Min(rest.Interest, earned);
            earned -= interest;
            row.Forgone += rest.Interest - interest;
            forgone += rest.Interest - interest;
            row.WrittenOff += rest with { Interest = interest };
            lost += rest with { Interest = interest };
            row.Due -= rest;
        }

        return (lost, forgone);
    }
}
