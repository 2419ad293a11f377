def main(price):
    return price * 2
