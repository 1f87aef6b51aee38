/* Branches, loops, switch, goto and what C lets one leave out. */
int ask(int);
void tell(const char *, int);

int branches(int a, int b)
{
    if (a && !b)
        return 1;
    else if (a || ask(b))
        tell("either", b ? a : -1);
    if (!(a && ask(1)))
        ;
    return a ?: b;
}

int loops(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++) {
        if (i == 3)
            continue;
        if (i == 7)
            break;
        sum += i;
    }
    for (; n;)
        n--;
    for (n = 1;; n++)
        if (ask(n))
            break;
    while (sum > 0)
        sum -= 2;
    do {
        sum++;
    } while (sum < 10);
    do {
        sum--;
    } while (0);
    return sum;
}

int choose(int n)
{
    int r = 0;
    switch (n) {
    case 1:
        r = 1;
        /* falls through */
    case 2:
        r += 2;
        break;
    case 10 ... 19:
        r = 10;
        break;
    default:
        while (n--) {
            if (n == 5)
                continue;
            goto out;
        }
    }
    r++;
out:
    return r;
}

int again(void)
{
retry:;
    int left = ask(0);
    if (left)
        goto retry;
    return ({
        int twice = left * 2;
        twice + 1;
    });
}
